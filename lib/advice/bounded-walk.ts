/**
 * Goes through a value of the program's, whatever it is, and tells it in texts, numbers, flags, lists and maps: so many values
 * of it, so deep, so many characters, and for no longer than so. What is left out has a mark in its place.
 *
 * The bounds hold for the work, and not only for what comes of it: nothing is listed, copied or written as a whole before it is
 * known to fit. Code of the program's that runs for it (getters, proxies, `toJSON`) may throw, and is run a bounded number of
 * times. One thing can't be had piece by piece: JavaScript has the names of an object's properties all at once.
 */
import { isMap, isPromise, isSet } from 'node:util/types';
import { bigintText, cutText, longestName } from '../conventions/bounded-text.js';
import { isError } from '../conventions/failure.js';
import { isShown, lengthOf, mapEntries, ownNames, setValues, sizeOf } from './containers.js';
import { bytesOfJson, bytesText, errorText, isBytes, sendable, unboxed } from './simple-values.js';
import { restKey, restText, type Structured, type StructuredMap, threw } from './structured.js';

/** How far a walk goes, and what it tells. */
export interface WalkBounds {
  /** Characters of one text. */
  readonly length: number;
  /** Characters of all of them. */
  readonly characters: number;
  /** Whether it is told in JSON: `null` is a value of a map there, and a number may be any. */
  readonly json: boolean;
}

/** Values told of one attribute, a mark for the others among them, and levels. */
const toldAtMost = 1000;
const deepest = 20;

/** What a walk may take, in milliseconds: getters can be slow. Long enough that a process that has to wait for its turn tells the same. */
const longestWalkMs = 250;

export class BoundedWalk {
  /** The lists and maps it told a part of, and how much there was. Their last is the mark. */
  readonly parts = new Map<object, number>();
  readonly #bounds: WalkBounds;
  readonly #until = performance.now() + longestWalkMs;
  /** What is around the value it is at. */
  readonly #around: object[] = [];
  #depth = 0;
  /** The value itself and the mark are two of them. */
  #visits = toldAtMost - 2;
  #characters: number;

  constructor(bounds: WalkBounds) {
    this.#bounds = bounds;
    this.#characters = bounds.characters;
  }

  /** The value, or `undefined` where it is none. May throw where the value itself can't be looked at, and not what is in it. */
  told(value: unknown): Structured | undefined {
    return typeof value === 'object' && value !== null ? this.#object(value) : this.#leaf(value);
  }

  #inner(value: unknown): Structured | undefined {
    this.#visits -= 1;
    if (typeof value !== 'object' || value === null) return this.#leaf(value);
    const [depth, around] = [this.#depth, this.#around.length];
    try {
      return this.#object(value);
    } catch {
      this.#depth = depth;
      this.#around.length = around;
      return threw;
    }
  }

  #leaf(value: unknown): Structured | undefined {
    switch (typeof value) {
      case 'string':
        return this.#text(value);
      case 'number':
        if (!this.#bounds.json) return sendable(value);
        return Number.isFinite(value) ? value : null;
      case 'boolean':
        return value;
      case 'bigint':
        return !this.#bounds.json && Number.isSafeInteger(Number(value))
          ? Number(value)
          : this.#text(bigintText(value));
      default:
        return value === null && this.#bounds.json ? null : undefined;
    }
  }

  #text(text: string): string {
    const told = cutText(text, Math.max(1, Math.min(this.#bounds.length, this.#characters)));
    this.#characters -= told.length;
    return told;
  }

  #object(value: object): Structured | undefined {
    if (isBytes(value)) return bytesText(value.byteLength);
    if (isPromise(value)) return undefined;
    const primitive = unboxed(value);
    if (primitive !== undefined) return this.#leaf(primitive);
    if (this.#around.includes(value)) return '[circular]';
    if (this.#depth >= deepest) return '[deeper]';
    const isFailure = isError(value);
    // In a log record an error has words of its own.
    if (isFailure && !this.#bounds.json) return this.#text(errorText(value));
    const { toJSON } = value as { toJSON?: unknown };
    if (typeof toJSON === 'function') return this.#said(value, toJSON as CallableFunction);
    return isFailure ? this.#text(errorText(value)) : this.#inside(value);
  }

  /** A class that says how it is to be told is told so. What it gives is not asked again, as JSON does not. */
  #said(value: object, toJSON: CallableFunction): Structured | undefined {
    this.#around.push(value);
    const said: unknown = Reflect.apply(toJSON, value, ['']);
    const told = typeof said === 'object' && said !== null ? this.#saidObject(value, said) : this.#leaf(said);
    this.#around.pop();
    return told;
  }

  #saidObject(value: object, said: object): Structured | undefined {
    if (isBytes(said)) return bytesText(said.byteLength);
    if (said !== value && this.#around.includes(said)) return '[circular]';
    if (isError(said)) return this.#text(errorText(said));
    const primitive = unboxed(said);
    return primitive === undefined ? this.#inside(said) : this.#leaf(primitive);
  }

  #inside(value: object): Structured {
    this.#around.push(value);
    this.#depth += 1;
    const told = this.#container(value);
    this.#depth -= 1;
    this.#around.pop();
    return told;
  }

  #container(value: object): Structured {
    if (Array.isArray(value)) return this.#list(value);
    if (isSet(value)) return this.#set(value);
    return isMap(value) ? this.#map(value) : this.#properties(value);
  }

  #list(list: readonly unknown[]): Structured[] {
    const told: Structured[] = [];
    const size = lengthOf(list);
    for (let at = 0; at < size && !this.#isSpent(); at += 1) {
      // A list keeps its positions: what has no value is a gap.
      told.push(this.#property(list, at) ?? null);
    }
    return this.#partOfList(told, size);
  }

  #set(set: ReadonlySet<unknown>): Structured[] {
    const told: Structured[] = [];
    for (const item of setValues(set)) {
      if (this.#isSpent()) break;
      told.push(this.#inner(item) ?? null);
    }
    return this.#partOfList(told, sizeOf(set));
  }

  /** One whose keys are more than names is told as a list of pairs. */
  #map(map: ReadonlyMap<unknown, unknown>): Structured {
    const pairs: [unknown, Structured | undefined][] = [];
    for (const [key, item] of mapEntries(map)) {
      if (this.#isSpent()) break;
      pairs.push([key, this.#inner(item)]);
    }
    const size = sizeOf(map);
    if (pairs.some(([key]) => typeof key !== 'string' && typeof key !== 'number')) {
      const told = pairs.map(([key, item]): Structured[] => [this.#inner(key) ?? null, item ?? null]);
      return this.#partOfList(told, size);
    }
    const told: StructuredMap = {};
    for (const [key, item] of pairs) this.#put(told, String(key), item);
    return this.#partOfMap(told, pairs.length, size);
  }

  #properties(value: object): Structured {
    const names = ownNames(value);
    const bytes = bytesOfJson(value, names);
    if (bytes !== undefined) return bytesText(bytes);
    const told: StructuredMap = {};
    let done = 0;
    for (const name of names) {
      if (this.#isSpent()) break;
      done += 1;
      if (typeof name !== 'string') continue;
      this.#put(told, name, this.#property(value, name));
    }
    return this.#partOfMap(told, done, names.length);
  }

  #property(value: object, key: string | number): Structured | undefined {
    let found: unknown;
    try {
      if (typeof key === 'number' || isShown(value, key)) found = (value as Record<string | number, unknown>)[key];
    } catch {
      this.#visits -= 1;
      return threw;
    }
    return this.#inner(found);
  }

  #put(told: StructuredMap, name: string, value: Structured | undefined): void {
    if (value === undefined) return;
    const key = cutText(name, longestName);
    this.#characters -= key.length;
    // Assigned, it would be the prototype.
    if (key !== '__proto__') told[key] = value;
    else Object.defineProperty(told, key, { value, enumerable: true, writable: true, configurable: true });
  }

  #partOfList(told: Structured[], size: number): Structured[] {
    if (told.length >= size) return told;
    const rest = restText(size - told.length);
    told.push(rest);
    this.parts.set(told, size);
    return told;
  }

  #partOfMap(told: StructuredMap, done: number, size: number): StructuredMap {
    if (done >= size) return told;
    // One of that name of its own would not be the last.
    delete told[restKey];
    told[restKey] = restText(size - done);
    this.parts.set(told, size);
    return told;
  }

  #isSpent(): boolean {
    return this.#visits <= 0 || this.#characters <= 0 || performance.now() > this.#until;
  }
}
