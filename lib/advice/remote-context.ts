/**
 * What a call gives for a parent or a link, in the forms people have it in: a Context, a span, a span context, or the
 * headers of a request or message (read with the registered propagators).
 */
import {
  type Attributes,
  type Context,
  createTraceState,
  INVALID_SPAN_CONTEXT,
  isSpanContextValid,
  type Link,
  propagation,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  type TextMapGetter,
  trace,
} from '@opentelemetry/api';
import { answered } from '../metadata/answered.js';
import { attributeValue } from './attribute-value.js';

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
  if (isContext(value)) return sound(value);
  const spanContext = spanContextOf(value);
  if (spanContext !== undefined) {
    return isSpanContextValid(spanContext) ? trace.setSpanContext(active, spanContext) : undefined;
  }
  const extracted = propagation.extract(active, value, headers);
  return trace.getSpanContext(extracted) === trace.getSpanContext(active) ? undefined : extracted;
}

/**
 * The links meant by `value`: one or several of a link, a span, a span context, a Context, or headers. One that
 * fails costs itself, an attribute of one that fails costs the attribute.
 */
export function linksFrom(value: unknown, failed: (error: unknown) => void): Link[] {
  const links: Link[] = [];
  for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
    try {
      const link = linkFrom(answered(one), failed);
      if (link !== undefined) links.push(link);
    } catch (error) {
      failed(error);
    }
  }
  return links;
}

function linkFrom(value: unknown, failed: (error: unknown) => void): Link | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { context } = value as Partial<Link>;
  if (isSpanContext(context)) {
    const target = copyOf(context);
    return isSpanContextValid(target) ? { context: target, attributes: attributesOf(value, failed) } : undefined;
  }
  const from = contextFrom(value, ROOT_CONTEXT);
  const found = from === undefined ? undefined : trace.getSpanContext(from);
  return isSpanContext(found) && isSpanContextValid(found) ? { context: copyOf(found) } : undefined;
}

function attributesOf(link: Partial<Link>, failed: (error: unknown) => void): Attributes {
  const attributes: Attributes = {};
  const guarded = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      failed(error);
    }
  };
  guarded(() => {
    const given = (link.attributes ?? {}) as Readonly<Record<string, unknown>>;
    for (const name of Object.keys(given)) {
      guarded(() => {
        const value = attributeValue(given[name]);
        if (value !== undefined) attributes[name] = value;
      });
    }
  });
  return attributes;
}

function spanContextOf(value: object): SpanContext | undefined {
  if (isSpanContext(value)) return copyOf(value);
  const { spanContext } = value as Partial<Span>;
  const given: unknown = typeof spanContext === 'function' ? answered(spanContext.call(value)) : undefined;
  return isSpanContext(given) ? copyOf(given) : undefined;
}

/** What is read of somebody's object later, where nobody guards, is read here. */
function copyOf({ traceId, spanId, traceFlags, isRemote, traceState }: SpanContext): SpanContext {
  return {
    traceId: String(traceId),
    spanId: String(spanId),
    traceFlags: Number(traceFlags) || 0,
    ...(isRemote === undefined ? {} : { isRemote: isRemote === true }),
    ...(traceState === undefined ? {} : { traceState: createTraceState(traceState.serialize()) }),
  };
}

const probe = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);

/** The program's own code asks the active Context: one that can't be asked must not become it. */
function sound(given: Context): Context {
  trace.getSpan(given);
  if (trace.getSpan(trace.setSpan(given, probe)) === probe) return given;
  throw new TypeError('it gave a Context that keeps nothing');
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
