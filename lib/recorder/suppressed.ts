/**
 * Where tracing is suppressed (OpenTelemetry's `suppressTracing`: inside exporters, and wherever the program says so) there
 * is nothing to hold: no span is started, and nothing is read for one.
 */
import { type Context, createContextKey, INVALID_SPAN_CONTEXT, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import type { Recording } from './recorder.js';
import type { Surroundings, Work } from './surroundings.js';
import { WovenContext } from './woven-context.js';

/** The key the SDK's packages agree on: `createContextKey` gives the registered symbol of the name. */
const suppressed = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/** Whether spans that would start in `context` are suppressed. */
export function isSuppressed(context: Context): boolean {
  if (context === ROOT_CONTEXT || context instanceof WovenContext) return false;
  return context.getValue(suppressed) === true;
}

/** Takes the place of a span that is not. */
export const silence: Recording = Object.freeze({
  activate: (work: Work) => work.run(),
  context: undefined,
  isRecording: () => false,
  set() {},
  rename() {},
  fail() {},
  finish() {},
  lasts() {},
  discard() {},
});

/** The same for a call that is put into a Context in which tracing is suppressed: what it calls is in there, too. */
export function silenceIn(parent: Context, surroundings: Surroundings): Recording {
  const within = trace.setSpan(parent, trace.wrapSpanContext(INVALID_SPAN_CONTEXT));
  return { ...silence, context: within, activate: (work) => surroundings.run(within, work) };
}
