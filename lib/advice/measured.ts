/**
 * What the metric annotations share: the attributes of a call, with `error.type` when it failed, and the method's name
 * where one class-level annotation covers several methods.
 */
import type { Attributes } from '@opentelemetry/api';
import { ATTR_CODE_FUNCTION_NAME, ATTR_ERROR_TYPE } from '../conventions/attributes.js';
import { errorTypeOf } from '../conventions/failure.js';
import type { AnnotationRecord } from '../metadata/records/record.js';
import { recordsOf } from '../metadata/roster.js';
import type { AdvisedCall } from '../weaving/advice.js';
import type { CallSite } from '../weaving/call-site.js';
import { attributesReader } from './attributes.js';

/** Reads a metric's attributes from a call. */
export function metricAttributes(site: CallSite, record: AnnotationRecord): (call: AdvisedCall) => Attributes {
  const { attributes: sources } = record.options as { attributes?: Readonly<Record<string, unknown>> };
  const read = attributesReader(sources, site.name);
  const named = comesFromClass(site, record) ? { [ATTR_CODE_FUNCTION_NAME]: site.name } : undefined;
  return (call) => {
    const attributes: Attributes = { ...named };
    read(call, attributes);
    if (call.outcome === 'error') attributes[ATTR_ERROR_TYPE] = errorTypeOf(call.error);
    return attributes;
  };
}

function comesFromClass(site: CallSite, record: AnnotationRecord): boolean {
  if (site.owner === undefined) return false;
  const { name } = record.options as { name?: string };
  return recordsOf(site.owner).some(
    ({ annotation, element, options }) =>
      element.kind === 'class' && annotation === record.annotation && (options as { name?: string }).name === name,
  );
}
