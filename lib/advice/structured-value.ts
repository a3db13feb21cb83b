/**
 * Anything given to `log` as a value a log record takes: texts, numbers, flags, and lists and maps of these, which stay
 * structured (OpenTelemetry logs data model, `any`). Dates and URLs become text; cycles, depth and size are bounded;
 * what has no value is left out.
 */
import { attributeValue } from './attribute-value.js';

/** A value a log record takes (OpenTelemetry logs data model, `any`). */
export type Structured = string | number | boolean | null | Structured[] | StructuredMap;
export interface StructuredMap {
  [key: string]: Structured;
}

/** Values visited at most for one attribute, and levels; the rest is left out. */
const visitedAtMost = 1000;
const deepest = 20;

/** The value, or `undefined` to leave it out. May throw where the value does (a getter): the caller guards. */
export function structuredValue(value: unknown): Structured | undefined {
  return visit(value, { left: visitedAtMost, around: [] });
}

interface Walk {
  left: number;
  readonly around: object[];
}

function visit(value: unknown, walk: Walk): Structured | undefined {
  walk.left -= 1;
  if (typeof value !== 'object' || value === null) return leaf(value);
  if (!isList(value) && !isMap(value)) return leaf(value);
  if (walk.around.includes(value)) return '[circular]';
  if (walk.around.length >= deepest) return '[deeper]';
  walk.around.push(value);
  const told = toldBy(value, walk);
  walk.around.pop();
  return told;
}

/** Lists are walked here, so what comes back is never one. */
function leaf(value: unknown): Structured | undefined {
  return attributeValue(value) as Structured | undefined;
}

function toldBy(value: object, walk: Walk): Structured | undefined {
  const { toJSON } = value as { toJSON?: unknown };
  // A class that says how it is to be told is told so, as on spans.
  if (typeof toJSON === 'function') return visit(Reflect.apply(toJSON, value, ['']), walk);
  return isList(value) ? list(value, walk) : map(value, walk);
}

function list(items: Iterable<unknown>, walk: Walk): Structured[] {
  const told: Structured[] = [];
  for (const item of items) {
    if (walk.left <= 0) break;
    // A list keeps its positions: what has no value is a gap.
    told.push(visit(item, walk) ?? null);
  }
  return told;
}

function map(value: object, walk: Walk): StructuredMap {
  const told: StructuredMap = {};
  for (const [key, item] of value instanceof Map ? value : Object.entries(value)) {
    if (walk.left <= 0) break;
    const one = visit(item, walk);
    if (one === undefined) continue;
    // Assigned, a key `__proto__` would be the prototype.
    Object.defineProperty(told, key, { value: one, enumerable: true, writable: true, configurable: true });
  }
  return told;
}

/** A map whose keys are more than names is told as a list of pairs. */
function isList(value: object): value is Iterable<unknown> & object {
  if (value instanceof Map)
    return ![...value.keys()].every((key) => typeof key === 'string' || typeof key === 'number');
  return Array.isArray(value) || value instanceof Set;
}

/** Plain objects, instances of the user's classes and maps are told by their entries; what has a text is told by it. */
function isMap(value: object): boolean {
  if (value instanceof Map) return true;
  const hasText = [Date, URL, Error, String, Number, Boolean, Promise, ArrayBuffer].some(
    (kind) => value instanceof kind,
  );
  return !hasText && !ArrayBuffer.isView(value);
}
