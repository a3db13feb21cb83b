/**
 * Where tracing is suppressed (OpenTelemetry's `suppressTracing`: inside exporters, and wherever the program says so) there
 * is nothing to hold: no span is started, and nothing is read for one.
 */
import { type Context, createContextKey } from '@opentelemetry/api';
import type { Recording } from './recorder.js';

/** The key the SDK's packages agree on: `createContextKey` gives the registered symbol of the name. */
const suppressed = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/** Whether spans that would start in `context` are suppressed. */
export function isSuppressed(context: Context): boolean {
  return context.getValue(suppressed) === true;
}

/** Takes the place of a span that is not. */
export const silence: Recording = Object.freeze({
  activate: (work: { run(): void }) => work.run(),
  set() {},
  rename() {},
  fail() {},
  end() {},
  discard() {},
});
