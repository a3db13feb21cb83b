/**
 * Anything a source yields as a value OpenTelemetry takes for an attribute. Primitives and lists of one kind of
 * primitive stay; dates, URLs and big numbers become text or numbers; other objects become JSON text (the SDK
 * drops objects); what has no text is left out. All of it is bounded, and so is the work: what is cut has a mark.
 */
import { isDate, isPromise } from 'node:util/types';
import type { AttributeValue } from '@opentelemetry/api';
import { bigintText, cutText, longestText } from '../conventions/bounded-text.js';
import { isError } from '../conventions/failure.js';
import { descendsFrom } from '../faults/descends-from.js';
import { BoundedWalk } from './bounded-walk.js';
import { jsonText } from './json-text.js';
import { listValue } from './list-value.js';
import { bytesText, errorText, isBytes, sendable, unboxed } from './simple-values.js';

/**
 * The attribute value, or `undefined` to leave it out. May throw where the value itself can't be looked at (a proxy, its `toJSON`): the
 * caller guards. What is in it may throw as it likes.
 */
export function attributeValue(value: unknown): AttributeValue | undefined {
  return attributeWithin(value, longestText);
}

/** The same, its texts no longer than `length`. */
export function attributeWithin(value: unknown, length: number): AttributeValue | undefined {
  switch (typeof value) {
    case 'string':
      return cutText(value, length);
    case 'boolean':
      return value;
    case 'number':
      return sendable(value);
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : cutText(bigintText(value), length);
    case 'object':
      return value === null ? undefined : objectValue(value, length);
    default:
      return undefined;
  }
}

function objectValue(value: object, length: number): AttributeValue | undefined {
  if (isDate(value)) return dateText(value);
  // What it will be is not known now, and that it is one says nothing.
  if (isPromise(value)) return undefined;
  if (isBytes(value)) return cutText(bytesText(value.byteLength), length);
  const primitive = unboxed(value);
  if (primitive !== undefined) return attributeWithin(primitive, length);
  if (isError(value)) return cutText(errorText(value), length);
  if (descendsFrom(value, URL)) return attributeWithin((value as URL).href, length);
  return (Array.isArray(value) ? readList(value, length) : undefined) ?? json(value, length);
}

function dateText(date: Date): string | undefined {
  const time = Reflect.apply(Date.prototype.getTime, date, []);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** One that can't be read at some place is told as JSON, which can say where. */
function readList(list: readonly unknown[], length: number): AttributeValue | undefined {
  try {
    return listValue(list, length);
  } catch {
    return undefined;
  }
}

function json(value: object, length: number): string | undefined {
  const walk = new BoundedWalk({ length, characters: length, json: true });
  const told = walk.told(value);
  return told === undefined ? undefined : jsonText(told, length, walk.parts);
}
