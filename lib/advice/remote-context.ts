/**
 * What a call gives for a parent or a link, in the forms people have it in: a Context, a span, a span context, or the
 * headers of a request or message (read with the registered propagators).
 */
import { isMap } from 'node:util/types';
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
import { cutText, longestName } from '../conventions/bounded-text.js';
import { answered } from '../metadata/answered.js';
import { attributeWithin } from './attribute-value.js';
import { lengthOf, mapEntries } from './containers.js';
import { firstNames } from './first-names.js';
import { lengthsInForce } from './lengths-in-force.js';
import { isBytes } from './simple-values.js';

/** Headers as Node has them (lower-case names), as web requests have them (`Headers`), or as a `Map`. */
const headers: TextMapGetter<object> = {
  keys: (carrier) => (isMap(carrier) ? firstKeys(carrier) : Object.keys(carrier).slice(0, keysAtMost)),
  get(carrier, name) {
    const { get } = carrier as { get?: unknown };
    const found: unknown =
      typeof get === 'function' ? Reflect.apply(get, carrier, [name]) : (carrier as Record<string, unknown>)[name];
    const [first] = Array.isArray(found) ? (found as unknown[]) : [found];
    return headerText(first);
  },
};

/** Bytes or characters of a header that are read: no receiver would take more. */
const longestHeader = 65_536;

/** Entries of a map that are headers, if it is one of headers. */
const keysAtMost = 1000;

function firstKeys(map: ReadonlyMap<unknown, unknown>): string[] {
  const names: string[] = [];
  for (const [key] of mapEntries(map)) {
    if (names.length >= keysAtMost) break;
    if (typeof key === 'string') names.push(key);
  }
  return names;
}

/** A message's headers may be bytes, or something that has a text. What is too long for a header is none. */
function headerText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'object' && isBytes(value) && value.byteLength > longestHeader) return undefined;
  if (Array.isArray(value) || typeof value === 'bigint') return undefined;
  const text = String(value);
  return text.length > longestHeader ? undefined : text;
}

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

/** Links of one span that are looked at. */
const linksAtMost = 1000;

/**
 * The links meant by `value`: one or several of a link, a span, a span context, a Context, or headers. One that
 * fails costs itself, an attribute of one that fails costs the attribute.
 */
export function linksFrom(value: unknown, failed: (error: unknown) => void): Link[] {
  const links: Link[] = [];
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  const size = lengthOf(given);
  if (size > linksAtMost) failed(new RangeError(`${size} links: all after the first ${linksAtMost} are left out`));
  for (const one of given.slice(0, linksAtMost)) {
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
    for (const name of firstNames(given, failed)) {
      guarded(() => {
        const value = attributeWithin(given[name], lengthsInForce.span);
        if (value !== undefined) attributes[cutText(name, longestName)] = value;
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
  // Longer ones are no ids, and would be searched to their end.
  return typeof traceId === 'string' && typeof spanId === 'string' && traceId.length <= 32 && spanId.length <= 16;
}

function isContext(value: object): value is Context {
  const { getValue, setValue } = value as Partial<Context>;
  return typeof getValue === 'function' && typeof setValue === 'function';
}
