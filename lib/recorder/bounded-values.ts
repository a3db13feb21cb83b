/**
 * Attribute values within the limits of the SDK (`OTEL_*_LIMIT`), by the SDK's own rules.
 */
import { type Attributes, type AttributeValue, diag } from '@opentelemetry/api';
import { sanitizeAttributes } from '@opentelemetry/core';

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

const cutText = (text: string, limit: number): string => (text.length <= limit ? text : text.substring(0, limit));

/** The attributes of an event or a link: at most so many of them, and how many were left out. */
export interface BoundedAttributes {
  readonly attributes: Attributes;
  readonly dropped: number;
}

/** Those of `given` that are attributes at all, the first `most` of them, cut. */
export function boundedAttributes(given: Attributes | undefined, most: number, length: number): BoundedAttributes {
  const attributes: Attributes = {};
  let kept = 0;
  let dropped = 0;
  for (const [name, value] of Object.entries(sanitizeAttributes(given))) {
    if (kept >= most) {
      dropped += 1;
      continue;
    }
    attributes[name] = cut(value as AttributeValue, length);
    kept += 1;
  }
  return { attributes, dropped };
}
