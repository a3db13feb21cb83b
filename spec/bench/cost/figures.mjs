/**
 * From what the processes measured to what a call costs: the median over the rounds, less the bare call's, and as a part
 * of what hand-written OpenTelemetry takes for the same.
 */
import { median, quantile } from './statistics.mjs';

/** Nanoseconds that a call takes more than the bare one, by round and at the median. */
export function overheads(results, column, subject, what = 'cpuNs') {
  const answers = results.get(column)?.[subject];
  const bare = results.get(column)?.bare;
  if (answers === undefined || bare === undefined) return undefined;
  const base = median(bare.map((answer) => answer[what]));
  const values = answers.map((answer) => answer[what] - base);
  return { ns: median(values), low: quantile(values, 0.25), high: quantile(values, 0.75) };
}

/** The ratio to hand-written in the same run; `undefined` where one of the two is not there. */
export function ratio(results, column, subject, what) {
  const own = overheads(results, column.id, subject, what);
  const hand = overheads(results, column.against ?? column.id, 'hand', what);
  return own === undefined || hand === undefined ? undefined : own.ns / hand.ns;
}

export const limitOf = ({ limit }, subject) => (typeof limit === 'object' ? limit[subject] : limit);
