/**
 * From a span to its trace in this process, whoever made the span.
 */
import type { LocalTrace } from './local-trace.js';
import { WovenContext } from './woven-context.js';

const ofOthers = new WeakMap<object, LocalTrace>();

/** The trace of a span; `undefined` for those of the SDK where traces are not decided about at their end. */
export function traceOf(span: object): LocalTrace | undefined {
  return span instanceof WovenContext ? span.trace : ofOthers.get(span);
}

/** A span of the SDK has started. */
export function putInTrace(span: object, trace: LocalTrace): void {
  ofOthers.set(span, trace);
}
