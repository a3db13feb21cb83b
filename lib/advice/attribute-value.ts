/**
 * Anything a source yields as a value OpenTelemetry takes for an attribute. Primitives and lists of one kind of
 * primitive stay; dates, URLs and big numbers become text or numbers; other objects become bounded JSON text (the SDK
 * drops objects); what has no text is left out.
 */
import type { AttributeValue } from '@opentelemetry/api';

/** Object properties and list items visited at most for one value; the rest is left out. */
const visitedAtMost = 1000;

/** The attribute value, or `undefined` to leave it out. May throw where the value does (a getter): the caller guards. */
export function attributeValue(value: unknown): AttributeValue | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return sendable(value);
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    case 'object':
      return value === null ? undefined : objectValue(value);
    default:
      return undefined;
  }
}

/** Up to here a whole number fits the 64 bits that OTLP has for one. */
const largestInteger = 2 ** 63;

/**
 * A number as it can be sent. The SDK's OTLP serialiser writes NaN and the infinities as `null` and huge whole numbers
 * with an exponent, and a Collector refuses the whole request for one of them: they go as text.
 */
function sendable(value: number): number | string {
  const isHuge = Math.abs(value) >= largestInteger && Number.isInteger(value);
  return Number.isFinite(value) && !isHuge ? value : String(value);
}

function objectValue(value: object): AttributeValue | undefined {
  // A subclass may give anything for its text.
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : String(value.toISOString());
  if (value instanceof URL) return String(value.href);
  // What it will be is not known now, and that it is one says nothing.
  if (value instanceof Promise) return undefined;
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Number || value instanceof String || value instanceof Boolean) {
    return attributeValue(value.valueOf());
  }
  if (isBytes(value)) return bytesText(value.byteLength);
  if (Array.isArray(value) && isOneKind(value)) {
    const sent = Array.from(value, (item: unknown) => (typeof item === 'number' ? sendable(item) : item)) as string[];
    // One number that must go as text takes the others along.
    return isOneKind(sent) ? sent : sent.map((item) => (item === null || item === undefined ? item : String(item)));
  }
  return json(value);
}

/** OpenTelemetry takes lists of texts, of numbers or of booleans, with gaps; not mixed ones. */
function isOneKind(list: readonly unknown[]): boolean {
  let kind: string | undefined;
  return list.every((item) => {
    if (item === null || item === undefined) return true;
    kind ??= typeof item;
    return typeof item === kind && (kind === 'string' || kind === 'number' || kind === 'boolean');
  });
}

function json(value: object): string | undefined {
  /** The objects around the one being visited, as they were found and as they are written. */
  const around: { found: object; written: object }[] = [];
  let visited = 0;
  return JSON.stringify(value, function (this: object, key: string, item: unknown) {
    visited += 1;
    if (visited > visitedAtMost && key !== '') return undefined;
    if (typeof item === 'bigint') return String(item);
    if (typeof item !== 'object' || item === null) return item;
    // `this` is the object the item was found in: everything deeper than it has been left by now.
    while (around.length > 0 && around.at(-1)?.written !== this) around.pop();
    if (around.some(({ found }) => found === item)) return '[circular]';
    if (item instanceof Error) return `${item.name}: ${item.message}`;
    if (isBytes(item)) return bytesText(item.byteLength);
    // A Buffer has told JSON its bytes by now.
    if (isBufferJson(item)) return bytesText(item.data.length);
    const listed = item instanceof Map ? mapped(item) : item instanceof Set ? [...item] : item;
    // Left out of a list, an item would still be written as a gap.
    const written = Array.isArray(listed) ? listed.slice(0, Math.max(0, visitedAtMost - visited)) : listed;
    around.push({ found: item, written });
    return written as unknown;
  });
}

/** What is in them is seldom meant to be told, and is never a text. */
function isBytes(value: object): value is ArrayBufferView | ArrayBuffer {
  return ArrayBuffer.isView(value) || value instanceof ArrayBuffer;
}

function isBufferJson(value: object): value is { readonly data: readonly number[] } {
  const { type, data } = value as { type?: unknown; data?: unknown };
  return type === 'Buffer' && Array.isArray(data) && data.every((byte) => typeof byte === 'number');
}

const bytesText = (length: number): string => `[${length} bytes]`;

/** As an object where its keys can be an object's; as a list of pairs where they are more than that. */
function mapped(map: ReadonlyMap<unknown, unknown>): object {
  const named = [...map.keys()].every((key) => typeof key === 'string' || typeof key === 'number');
  return named ? Object.fromEntries(map) : [...map];
}
