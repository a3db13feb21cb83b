/**
 * Histogram boundaries by unit, where an annotation gives none. Durations in seconds follow the OpenTelemetry semantic
 * conventions for HTTP durations; the other units are the same boundaries in that unit.
 */
const seconds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

const perSecond = { s: 1, ms: 1e3, us: 1e6, ns: 1e9 } as const;

export type DurationUnit = keyof typeof perSecond;

/** The default boundaries for durations in `unit`, ascending. */
export function durationBuckets(unit: DurationUnit): number[] {
  // 0.075 * 1000 is 75.00000000000001 or the like in some orders of multiplication; boundaries should read as written.
  return seconds.map((bound) => Number((bound * perSecond[unit]).toPrecision(12)));
}

/** A duration in milliseconds as a number of `unit`. */
export function inUnit(milliseconds: number, unit: DurationUnit): number {
  return (milliseconds * perSecond[unit]) / 1e3;
}
