/**
 * The attributes of one annotation, read from a call. Everything that can be settled before a call is settled once; a
 * source that throws costs its own attribute, is reported once, and never reaches the caller.
 */
import type { Attributes } from '@opentelemetry/api';
import { messageOf, report } from '../faults/report.js';
import { type Moment, momentOf, type Reader, readerOf, type SettledCall } from '../metadata/read-source.js';
import { isSource } from '../metadata/source.js';
import { attributeValue } from './attribute-value.js';

/** Reads attributes of a call into `into`. */
export type ReadAttributes = (call: SettledCall, into: Attributes) => void;

/** A reader of those of `sources` that can be read at `moment` (all of them when none is given). */
export function attributesReader(
  sources: Readonly<Record<string, unknown>> | undefined,
  where: string,
  moment?: Moment,
): ReadAttributes {
  const fixed: Attributes = {};
  const readers: [string, Reader][] = [];
  for (const [name, given] of Object.entries(sources ?? {})) {
    if (given === undefined || (moment !== undefined && momentOf(given) !== moment)) continue;
    if (typeof given === 'function' || isSource(given)) {
      readers.push([name, readerOf(given)]);
      continue;
    }
    const value = attributeValue(given);
    if (value !== undefined) fixed[name] = value;
  }
  return (call, into) => {
    Object.assign(into, fixed);
    for (const [name, read] of readers) {
      const value = readGuarded(read, call, where, name);
      if (value !== undefined) into[name] = value;
    }
  };
}

function readGuarded(read: Reader, call: SettledCall, where: string, name: string): Attributes[string] | undefined {
  try {
    return attributeValue(read(call));
  } catch (error) {
    report('SPANDREL_SOURCE_FAILED', where, { what: `the attribute ${name}`, error: messageOf(error) });
    return undefined;
  }
}
