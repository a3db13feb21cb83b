/**
 * Where the time goes of one column, or of the whole program: the functions that take the most of it themselves, from the compiler's own profiler.
 */
import { join, relative } from 'node:path';
import { run } from './build.mjs';
import { table } from './table.mjs';

const shownPath = (url) =>
  url.startsWith('file:')
    ? relative(join(run, 'now'), new URL(url).pathname).replace(/^.*node_modules\//, '')
    : url || '(native)';

/** By one call of many, where their number is given. */
export function profileTable({ nodes, samples, timeDeltas }, calls, most = 40) {
  const own = new Map();
  let total = 0;
  for (const [at, id] of samples.entries()) {
    own.set(id, (own.get(id) ?? 0) + timeDeltas[at]);
    total += timeDeltas[at];
  }
  const functions = new Map();
  for (const { id, callFrame } of nodes) {
    const { functionName, url, lineNumber } = callFrame;
    const place = `${functionName || '(anonymous)'}\t${shownPath(url)}:${lineNumber + 1}`;
    functions.set(place, (functions.get(place) ?? 0) + (own.get(id) ?? 0));
  }
  const rows = [...functions]
    .sort(([, one], [, other]) => other - one)
    .slice(0, most)
    .map(([place, us]) => {
      const [name, where] = place.split('\t');
      return [
        `${((us / total) * 100).toFixed(1)} %`,
        calls === undefined ? `${(us / 1e3).toFixed(0)} ms` : `${((us * 1e3) / calls).toFixed(0)} ns`,
        name,
        where,
      ];
    });
  return table(['own', calls === undefined ? 'in all' : 'a call', 'function', 'place'], rows);
}
