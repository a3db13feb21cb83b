/**
 * What `sampling` asks for, put together.
 */
import type { SpanRoom } from '../../recorder/span-room.js';
import { TraceKeeping } from '../../recorder/trace-keeping.js';
import type { ResolvedSampling } from '../settings/resolve-sampling.js';
import { keepingRules } from './trace-rules.js';

/** Decides about traces at their end; `undefined` where the samplers of the specification decide as they begin. */
export function keepingFor(sampling: ResolvedSampling | undefined, room: SpanRoom): TraceKeeping | undefined {
  if (sampling === undefined) return undefined;
  const { success, error, slow, rules, collapse, decideAfterMs } = sampling;
  return new TraceKeeping({ success, error, slow, rules: keepingRules(rules), collapse, decideAfterMs, room });
}
