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
    case 'number':
      return value;
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    case 'object':
      return value === null ? undefined : objectValue(value);
    default:
      return undefined;
  }
}

function objectValue(value: object): AttributeValue | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  if (value instanceof URL) return value.href;
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Number || value instanceof String || value instanceof Boolean) {
    return value.valueOf() as number | string | boolean;
  }
  if (Array.isArray(value) && isOneKind(value)) return [...(value as string[])];
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
    if (ArrayBuffer.isView(item) || item instanceof ArrayBuffer) return `[${item.byteLength} bytes]`;
    const listed = item instanceof Map ? mapped(item) : item instanceof Set ? [...item] : item;
    // Left out of a list, an item would still be written as a gap.
    const written = Array.isArray(listed) ? listed.slice(0, Math.max(0, visitedAtMost - visited)) : listed;
    around.push({ found: item, written });
    return written as unknown;
  });
}

/** As an object where its keys can be an object's; as a list of pairs where they are more than that. */
function mapped(map: ReadonlyMap<unknown, unknown>): object {
  const named = [...map.keys()].every((key) => typeof key === 'string' || typeof key === 'number');
  return named ? Object.fromEntries(map) : [...map];
}
