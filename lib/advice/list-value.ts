/**
 * A list as the attribute OpenTelemetry has for one: texts, numbers or flags, with gaps, and not mixed. As much of it as a long
 * text may have of characters.
 */
import type { AttributeValue } from '@opentelemetry/api';
import { cutText, longestText } from '../conventions/bounded-text.js';
import { itemsAtMost } from '../recorder/bounded-values.js';
import { lengthOf } from './containers.js';
import { sendable } from './simple-values.js';
import { restText } from './structured.js';

/** What a number takes of them. */
const leastPerItem = 8;

type Item = string | number | boolean | null | undefined;

/** A copy of the list, its texts no longer than `length`; `undefined` where it is none that an attribute can be. */
export function listValue(list: readonly unknown[], length: number): AttributeValue | undefined {
  const size = lengthOf(list);
  const items: Item[] = [];
  let kind: string | undefined;
  let room = Math.max(length, longestText);
  while (items.length < Math.min(size, itemsAtMost) && room > 0) {
    const item: unknown = list[items.length];
    if (!isItem(item)) return undefined;
    if (item !== null && item !== undefined) {
      kind ??= typeof item;
      if (typeof item !== kind) return undefined;
    }
    const sent = asSent(item, Math.min(length, room));
    room -= typeof sent === 'string' ? Math.max(leastPerItem, sent.length) : leastPerItem;
    items.push(sent);
  }
  if (items.length < size) {
    if (items.length === itemsAtMost) items.pop();
    items.push(cutText(restText(size - items.length), length));
  }
  // A text among them, be it a number that must go as one or the mark, takes the others along.
  const hasText = items.some((item) => typeof item === 'string');
  return (hasText ? items.map((item) => (isGap(item) ? item : String(item))) : items) as AttributeValue;
}

function asSent(item: Item, most: number): Item {
  if (typeof item === 'string') return cutText(item, most);
  return typeof item === 'number' ? sendable(item) : item;
}

function isItem(item: unknown): item is Item {
  return isGap(item) || ['string', 'number', 'boolean'].includes(typeof item);
}

function isGap(item: unknown): item is null | undefined {
  return item === null || item === undefined;
}
