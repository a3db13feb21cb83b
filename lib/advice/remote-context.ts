/**
 * What a call gives for a parent or a link, in the forms people have it in: a Context, a span, a span context, or the
 * headers of a request or message (read with the registered propagators).
 */
import {
  type Context,
  isSpanContextValid,
  type Link,
  propagation,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  type TextMapGetter,
  trace,
} from '@opentelemetry/api';

/** Headers as Node has them (lower-case names), as web requests have them (`Headers`), or as a `Map`. */
const headers: TextMapGetter<object> = {
  keys: (carrier) => (carrier instanceof Map ? [...carrier.keys()].map(String) : Object.keys(carrier)),
  get(carrier, name) {
    const { get } = carrier as { get?: unknown };
    const found: unknown =
      typeof get === 'function' ? Reflect.apply(get, carrier, [name]) : (carrier as Record<string, unknown>)[name];
    const [first] = Array.isArray(found) ? (found as unknown[]) : [found];
    // A message's headers may be bytes.
    return first === undefined || first === null ? undefined : String(first);
  },
};

/** The Context meant by `value`, on top of `active`; `undefined` when it carries none. */
export function contextFrom(value: unknown, active: Context): Context | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (isContext(value)) return value;
  const spanContext = spanContextOf(value);
  if (spanContext !== undefined) {
    return isSpanContextValid(spanContext) ? trace.setSpanContext(active, spanContext) : undefined;
  }
  const extracted = propagation.extract(active, value, headers);
  return trace.getSpanContext(extracted) === trace.getSpanContext(active) ? undefined : extracted;
}

/** The links meant by `value`: one or several of a link, a span, a span context, a Context, or headers. */
export function linksFrom(value: unknown): Link[] {
  return (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((one) => linkFrom(one) ?? []);
}

function linkFrom(value: unknown): Link | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { context } = value as Partial<Link>;
  if (isSpanContext(context)) return value as Link;
  const from = contextFrom(value, ROOT_CONTEXT);
  const found = from === undefined ? undefined : trace.getSpanContext(from);
  return found !== undefined && isSpanContextValid(found) ? { context: found } : undefined;
}

function spanContextOf(value: object): SpanContext | undefined {
  if (isSpanContext(value)) return value;
  const { spanContext } = value as Partial<Span>;
  return typeof spanContext === 'function' ? spanContext.call(value) : undefined;
}

function isSpanContext(value: unknown): value is SpanContext {
  if (typeof value !== 'object' || value === null) return false;
  const { traceId, spanId } = value as Partial<SpanContext>;
  return typeof traceId === 'string' && typeof spanId === 'string';
}

function isContext(value: object): value is Context {
  const { getValue, setValue } = value as Partial<Context>;
  return typeof getValue === 'function' && typeof setValue === 'function';
}
