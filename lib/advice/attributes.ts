/**
 * The attributes of one annotation, read from a call. Everything that can be settled before a call is settled once; a
 * source that throws costs its own attribute, is reported once, and never reaches the caller.
 */
import type { Attributes, AttributeValue } from '@opentelemetry/api';
import { longestText } from '../conventions/bounded-text.js';
import { messageOf, report } from '../faults/report.js';
import { type Moment, momentOf, type Reader, readerOf, type SettledCall } from '../metadata/read-source.js';
import { isSource } from '../metadata/source.js';
import { attributeWithin } from './attribute-value.js';

/** Reads attributes of a call into `into`. */
export type ReadAttributes = (call: SettledCall, into: Attributes) => void;

/** Reads the value of one attribute from a call; never throws. */
export interface AttributeReader {
  readonly name: string;
  read(call: SettledCall): AttributeValue | undefined;
}

/** The attributes of one annotation: what is fixed, and what is to be read from each call. */
export interface AttributeParts {
  readonly fixed: Attributes;
  readonly readers: readonly AttributeReader[];
}

/** One list for all sites that have nothing to read: in a program of many sites it need not be fetched for each. */
const none: readonly AttributeReader[] = [];

/**
 * Those of `sources` that can be read at `moment` (all of them when none is given), in the order they are written; their texts
 * are no longer than `length`. Metrics give none: a limit that somebody lowers would make one series of two.
 */
export function attributeParts(
  sources: Readonly<Record<string, unknown>> | undefined,
  where: string,
  moment?: Moment,
  length: number = longestText,
): AttributeParts {
  const fixed: Attributes = {};
  const readers: AttributeReader[] = [];
  for (const [name, given] of Object.entries(sources ?? {})) {
    if (given === undefined || (moment !== undefined && momentOf(given) !== moment)) continue;
    if (typeof given === 'function' || isSource(given)) {
      readers.push(new GuardedReader(name, readerOf(given), where, length));
      continue;
    }
    const value = attributeWithin(given, length);
    if (value !== undefined) fixed[name] = value;
  }
  return { fixed, readers: readers.length === 0 ? none : readers };
}

/** A reader of those of `sources` that can be read at `moment` (all of them when none is given). */
export function attributesReader(
  sources: Readonly<Record<string, unknown>> | undefined,
  where: string,
  moment?: Moment,
): ReadAttributes {
  const { fixed, readers } = attributeParts(sources, where, moment);
  return (call, into) => {
    Object.assign(into, fixed);
    for (const reader of readers) {
      const value = reader.read(call);
      if (value !== undefined) into[reader.name] = value;
    }
  };
}

/** A class, so that the compiler sees one kind of reader everywhere. */
class GuardedReader implements AttributeReader {
  readonly name: string;
  readonly #read: Reader;
  readonly #where: string;
  readonly #length: number;

  constructor(name: string, read: Reader, where: string, length: number) {
    this.#length = length;
    this.name = name;
    this.#read = read;
    this.#where = where;
  }

  read(call: SettledCall): AttributeValue | undefined {
    try {
      const read = this.#read;
      return attributeWithin(read(call), this.#length);
    } catch (error) {
      const what = `the attribute ${this.name}`;
      report('SPANDREL_SOURCE_FAILED', this.#where, { what, error: messageOf(error) });
      return undefined;
    }
  }
}
