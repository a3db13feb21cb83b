/**
 * Spans that are to go to nobody: what is told of their end lets go of what it keeps of them, and no more.
 */
import { TraceFlags } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import type { SpanSink } from './span-scene.js';

const discarded = new WeakSet<object>();

/** Most programs never take one back, and are not to look for each span in an empty set. */
let any = false;

export function markDiscarded(span: object): void {
  any = true;
  discarded.add(span);
}

/** Whether a span was taken back. */
export function isDiscarded(span: object): boolean {
  return any && discarded.has(span);
}

/** Who heard of its start hears of its end, as of one that is not for exporting. Those below it are not told so. */
export function endUnsampled(span: ReadableSpan, sink: SpanSink): void {
  if (!sink.hearsStart) return;
  // The flags are for others; those of ours ask its trace, which may be for exporting.
  markDiscarded(span);
  const shown = { ...span.spanContext(), traceFlags: TraceFlags.NONE };
  Object.defineProperty(span, 'spanContext', { value: () => shown, configurable: true });
  sink.onEnd(span);
  Reflect.deleteProperty(span, 'spanContext');
}
