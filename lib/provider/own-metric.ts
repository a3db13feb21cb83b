/**
 * One of our own metrics as data, and how its values are taken from what `health()` tells.
 */
import type { Attributes } from '@opentelemetry/api';
import type { Health } from './health.js';

export type Observed = readonly [value: number, attributes: Attributes];

export interface OwnMetric {
  readonly name: string;
  /** All are observed. */
  readonly instrument: 'counter' | 'up-down counter' | 'gauge';
  readonly unit: string;
  readonly description: string;
  readonly attributes: readonly string[];
  /** Of the same attributes the values are added up: two exporters may have one name. */
  readonly read: (health: Health) => readonly Observed[];
}

const none: Attributes = {};

/** A metric of one series; of none where there is nothing to tell. */
export function single(
  name: string,
  instrument: OwnMetric['instrument'],
  unit: string,
  description: string,
  valueIn: (health: Health) => number | undefined,
): OwnMetric {
  const read = (health: Health): readonly Observed[] => {
    const value = valueIn(health);
    return value === undefined ? [] : [[value, none]];
  };
  return { name, instrument, unit, description, attributes: [], read };
}

/** Attributes are told in the words of OpenTelemetry: `bufferFull` is `buffer_full`. */
export function byReason(counts: object, attribute: string, beside: Attributes = none): readonly Observed[] {
  return Object.entries(counts).map(([reason, count]: [string, number]) => [
    count,
    { ...beside, [attribute]: reason.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) },
  ]);
}
