/**
 * What is said of a metric before any call: its description, the attributes that are given as they are, and the method's
 * name where one class-level annotation covers several methods.
 */
import type { Attributes } from '@opentelemetry/api';
import { ATTR_CODE_FUNCTION_NAME } from '../conventions/attributes.js';
import { descriptionOf, isMetric, type MetricRecord } from '../metadata/metric-definitions.js';
import { recordsOf } from '../metadata/roster.js';
import type { CallSite } from '../weaving/call-site.js';
import { attributeParts } from './attributes.js';

export function fixedAttributes(site: CallSite, record: MetricRecord): Attributes {
  const { fixed } = attributeParts(record.options.attributes, site.name);
  return comesFromClass(site, record) ? { [ATTR_CODE_FUNCTION_NAME]: site.name, ...fixed } : fixed;
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
