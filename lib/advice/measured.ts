/**
 * What the metric annotations share: the attributes of a call, read on entry as far as they are known there, with
 * `error.type` when it failed, and the method's name where one class-level annotation covers several methods.
 */
import type { Attributes } from '@opentelemetry/api';
import { ATTR_CODE_FUNCTION_NAME, ATTR_ERROR_TYPE } from '../conventions/attributes.js';
import { errorTypeOf } from '../conventions/failure.js';
import { descriptionOf, isMetric, type MetricRecord } from '../metadata/metric-definitions.js';
import { recordsOf } from '../metadata/roster.js';
import type { AdvisedCall } from '../weaving/advice.js';
import type { CallSite } from '../weaving/call-site.js';
import { attributesReader } from './attributes.js';

/** The attributes of one measurement. */
export interface MetricAttributes {
  /** Those that come from the arguments and `this`, as they are before the user's code runs, and the fixed ones. */
  onEntry(call: AdvisedCall): Attributes;
  /** Adds what is known once the call has settled. */
  onSettled(call: AdvisedCall, attributes: Attributes): Attributes;
}

/** Reads a metric's attributes from a call. */
export function metricAttributes(site: CallSite, record: MetricRecord): MetricAttributes {
  const { attributes: sources } = record.options;
  const readOnEntry = attributesReader(sources, site.name, 'entry');
  const readOnSettled = attributesReader(sources, site.name, 'settled');
  const named = comesFromClass(site, record) ? { [ATTR_CODE_FUNCTION_NAME]: site.name } : undefined;
  return {
    onEntry(call) {
      const attributes: Attributes = { ...named };
      readOnEntry(call, attributes);
      return attributes;
    },
    onSettled(call, attributes) {
      readOnSettled(call, attributes);
      if (call.outcome === 'error') attributes[ATTR_ERROR_TYPE] = errorTypeOf(call.error);
      return attributes;
    },
  };
}

/** What a metric's annotation says of it: the description may stand at another annotation of the same name. */
export function described({ options }: MetricRecord): { name: string; description: string | undefined } {
  return { name: options.name, description: options.description ?? descriptionOf(options.name) };
}

function comesFromClass(site: CallSite, record: MetricRecord): boolean {
  if (site.owner === undefined) return false;
  return recordsOf(site.owner).some(
    (other) =>
      other.element.kind === 'class' &&
      isMetric(other) &&
      other.annotation === record.annotation &&
      other.options.name === record.options.name,
  );
}
