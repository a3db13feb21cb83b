/**
 * Attribute values within the limits of the SDK (`OTEL_*_LIMIT`), by the SDK's own rules, but for two: a text that is cut has a
 * mark at its end, and a list is not looked at to its end where it is longer than a span would hold.
 */
import { type Attributes, type AttributeValue, diag } from '@opentelemetry/api';
import { sanitizeAttributes } from '@opentelemetry/core';
import { cutText, longestName, longestText } from '../conventions/bounded-text.js';

/** How much a span may hold. */
export interface SpanBounds {
  readonly attributeCountLimit: number;
  readonly attributeValueLengthLimit: number;
  readonly eventCountLimit: number;
  readonly linkCountLimit: number;
  readonly attributePerEventCountLimit: number;
  readonly attributePerLinkCountLimit: number;
}

/** The value, its texts cut to `limit` characters; a list is copied. */
export function cut(value: AttributeValue, limit: number): AttributeValue {
  if (limit <= 0) {
    diag.warn(`Attribute value limit must be positive, got ${limit}`);
    return value;
  }
  if (typeof value === 'string') return cutText(value, limit);
  if (!Array.isArray(value)) return value;
  return (value as unknown[]).map((one) => (typeof one === 'string' ? cutText(one, limit) : one)) as AttributeValue;
}

/** Items of one list, the mark for the others among them: as many numbers as take the room of the longest text. */
export const itemsAtMost = longestText / 8;

/** Attributes of one event or link that are looked at; the others are dropped, as most of these are. */
const namesAtMost = 1000;

/** As it is, but for a list that is too long: its beginning, and a mark that takes all of it along as text. */
export function shortList(value: AttributeValue): AttributeValue {
  if (!Array.isArray(value) || value.length <= itemsAtMost) return value;
  const kept: readonly unknown[] = value.slice(0, itemsAtMost - 1);
  const rest = `[… ${value.length - kept.length} more]`;
  return [...kept.map((item) => (isPrimitive(item) ? String(item) : item)), rest] as AttributeValue;
}

/** What is no attribute stays what it is, and is refused as that. */
function isPrimitive(item: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof item);
}

/** The name of a span or an event; whatever else is given for one passes as it does in the SDK. */
export function cutName(name: string): string {
  return typeof name === 'string' ? cutText(name, longestName) : name;
}

/** The attributes of an event or a link: at most so many of them, and how many were left out. */
export interface BoundedAttributes {
  readonly attributes: Attributes;
  readonly dropped: number;
}

/** Those of `given` that are attributes at all, the first `most` of them, cut. */
export function boundedAttributes(given: Attributes | undefined, most: number, length: number): BoundedAttributes {
  const attributes: Attributes = {};
  let kept = 0;
  const { looked, more } = lookedAt(given);
  let dropped = more;
  for (const [name, value] of Object.entries(sanitizeAttributes(looked))) {
    if (kept >= most) {
      dropped += 1;
      continue;
    }
    attributes[cutText(name, longestName)] = cut(value as AttributeValue, length);
    kept += 1;
  }
  return { attributes, dropped };
}

/** The attributes as they are where there are few, and none of them is a long list; else as much as is worth a look. */
function lookedAt(given: Attributes | undefined): { looked: Attributes | undefined; more: number } {
  const names = typeof given === 'object' && given !== null ? Object.keys(given) : [];
  const first = names.slice(0, namesAtMost);
  const isLong = (name: string): boolean => {
    const value = given?.[name];
    return Array.isArray(value) && value.length > itemsAtMost;
  };
  if (first.length === names.length && !first.some(isLong)) return { looked: given, more: 0 };
  const looked = Object.fromEntries(first.map((name) => [name, shortList(given?.[name] as AttributeValue)]));
  return { looked, more: names.length - first.length };
}
