/**
 * Objects that one text says all of: bytes, errors, boxed texts and numbers. Told by what they are made of, and never by a method
 * that somebody could have replaced.
 */
import { isAnyArrayBuffer, isBooleanObject, isNumberObject, isStringObject } from 'node:util/types';
import { textOf } from '../conventions/failure.js';

/** Up to here a whole number fits the 64 bits that OTLP has for one. */
const largestInteger = 2 ** 63;

/**
 * A number as it can be sent. The SDK's OTLP serialiser writes NaN and the infinities as `null` and huge whole numbers
 * with an exponent, and a Collector refuses the whole request for one of them: they go as text.
 */
export function sendable(value: number): number | string {
  const isHuge = Math.abs(value) >= largestInteger && Number.isInteger(value);
  return Number.isFinite(value) && !isHuge ? value : String(value);
}

/** What is in them is seldom meant to be told, and is never a text. */
export function isBytes(value: object): value is ArrayBufferView | ArrayBufferLike {
  return ArrayBuffer.isView(value) || isAnyArrayBuffer(value);
}

export const bytesText = (length: number): string => `[${length} bytes]`;

/** How many bytes a Buffer had that has told JSON what is in it. */
export function bytesOfJson(value: object, names: readonly unknown[]): number | undefined {
  if (names.length !== 2 || names[0] !== 'type' || names[1] !== 'data') return undefined;
  const { type, data } = value as { type: unknown; data: unknown };
  return type === 'Buffer' && Array.isArray(data) ? data.length : undefined;
}

export function errorText(error: object): string {
  return `${textOf(error, 'name') ?? 'Error'}: ${textOf(error, 'message') ?? ''}`;
}

/** The text, number or flag in the box; `undefined` where it is none. */
export function unboxed(value: object): string | number | boolean | undefined {
  if (isNumberObject(value)) return Reflect.apply(Number.prototype.valueOf, value, []);
  if (isStringObject(value)) return Reflect.apply(String.prototype.valueOf, value, []);
  if (isBooleanObject(value)) return Reflect.apply(Boolean.prototype.valueOf, value, []);
  return undefined;
}
