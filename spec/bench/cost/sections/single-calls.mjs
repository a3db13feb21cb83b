/**
 * How long the slowest of many calls take, where what is queued is sent nowhere.
 */
import { join } from 'node:path';
import { run } from '../build.mjs';
import { columnOf } from '../columns.mjs';
import { asked } from '../rounds.mjs';
import { median } from '../statistics.mjs';
import { duration, table } from '../table.mjs';

const columns = ['sync', 'async', 'all'].map(columnOf);
const subjects = ['bare', 'hand', 'spandrel-legacy', 'spandrel-standard'];
const quantiles = { p50: 'p50', p99: 'p99', p999: 'p99.9' };
/** In nanoseconds: what “sub-millisecond” means. */
const most = 1e6;

export async function measure({ rounds, tell }) {
  const results = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const column of columns) {
      for (const subject of subjects) {
        const answer = await asked(join(run, 'now', 'single-calls.mjs'), { subject, column });
        ((results[column.id] ??= {})[subject] ??= []).push(answer);
      }
    }
    tell(`single calls, round ${round + 1} of ${rounds}`);
  }
  return results;
}

const seen = (results, column, subject, what) => median(results[column][subject].map((answer) => answer[what]));

export function text(results) {
  const titles = Object.values(quantiles);
  const rows = columns.flatMap(({ id, title }) =>
    subjects.map((subject) => [
      title,
      subject,
      ...Object.keys(quantiles).map((what) => duration(seen(results, id, subject, what))),
    ]),
  );
  return table(['', '', ...titles], rows);
}

export function limits(results) {
  const ours = subjects.filter((subject) => subject.startsWith('spandrel'));
  return columns.flatMap(({ id, title }) =>
    ours.map((subject) => {
      const ns = seen(results, id, subject, 'p999') - seen(results, id, 'bare', 'p50');
      return { what: `${title}, a call at p99.9 (${subject})`, limit: '< 1 ms', seen: duration(ns), met: ns < most };
    }),
  );
}
