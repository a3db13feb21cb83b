/**
 * A span that is also the Context in which it is active: one object in place of a span, a Context and its map. What else a
 * Context holds (baggage, values of the program's own) is asked of the Context beneath all woven ones, one step away
 * however deep calls are nested.
 */
import { type Context, createContextKey, type SpanContext, TraceFlags } from '@opentelemetry/api';
import type { LocalTrace } from './local-trace.js';

/** The key under which the API keeps the active span: `createContextKey` gives the registered symbol of the name. */
export const spanKey = createContextKey('OpenTelemetry Context Key SPAN');

/** The span above one. A woven one of the same trace by its ordinal: it is not to be kept on account of those below it. */
export type Above = number | SpanContext | undefined;

/**
 * Tracing is never suppressed in it: where it is, no woven span is started, and whoever suppresses it makes a Context of
 * their own.
 *
 * It is inherited by `inheriting`, not by `extends`: a constructor that calls another by `super()` is not seen through by the
 * compiler where a program is large, which was measured at a fifth of what a call takes there. So whoever inherits it writes its fields, and
 * writes them first. (Fields are `declare`: see `readable-woven-span.ts`.)
 */
export abstract class WovenContext implements Context {
  /** What its own Context rests on: never a woven one. It may know of a span that this one is in the place of. */
  declare readonly base: Context;
  declare readonly trace: LocalTrace;
  declare readonly ordinal: number;
  /** In the API's form, once somebody has asked. */
  declare asked: SpanContext | undefined;

  /** It is the Context in which it is active. */
  get context(): this {
    return this;
  }

  getValue(key: symbol): unknown {
    return key === spanKey ? this : this.base.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    return key === spanKey
      ? this.base.setValue(spanKey, value)
      : this.base.setValue(spanKey, this).setValue(key, value);
  }

  deleteValue(key: symbol): Context {
    return key === spanKey ? this.base.deleteValue(spanKey) : this.base.setValue(spanKey, this).deleteValue(key);
  }

  spanContext(): SpanContext {
    const { asked, trace } = this;
    // Its trace may have been decided about since somebody asked.
    const isStill =
      asked !== undefined &&
      (asked.traceFlags === TraceFlags.SAMPLED) === trace.sampled &&
      asked.traceState === trace.state;
    if (isStill) return asked;
    this.asked = trace.contextOf(this.ordinal);
    return this.asked;
  }
}
