/**
 * What a span that was kept says about the decision on its trace, where there is anything to say.
 */

import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { ATTR_SPANDREL_SAMPLING_KEPT_FOR, ATTR_SPANDREL_SAMPLING_PARTIAL } from '../conventions/attributes.js';
import type { LocalTrace } from './local-trace.js';

export function tellDecision(span: ReadableSpan, { undecided }: LocalTrace): void {
  if (undecided === undefined) return;
  const { keptFor, isPartial } = undecided;
  if (keptFor !== undefined) span.attributes[ATTR_SPANDREL_SAMPLING_KEPT_FOR] = keptFor;
  if (isPartial) span.attributes[ATTR_SPANDREL_SAMPLING_PARTIAL] = true;
}
