/**
 * `npm run bench`: what a woven call costs, beside the same by hand and by other packages.
 *
 *     npm run bench                                    everything, and writes docs/performance.md
 *     npm run bench -- --quick                         the columns only, few rounds, printed
 *     npm run bench -- --only sync,async               some columns, printed
 *     npm run bench -- --subjects spandrel-legacy,hand some subjects, printed; bare is always there
 *     npm run bench -- --of HEAD                       the library of a commit, not of the working tree
 *     npm run bench -- --quick --against HEAD          and a commit's beside it, as before-legacy and before-standard
 *     npm run bench -- --rounds 5                      how often each case is run
 *     npm run bench -- --profile sync                  where the time of one column goes, for the first subject
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, run } from './build.mjs';
import { columns, isPeer, subjects } from './columns.mjs';
import { profileTable } from './profile.mjs';
import { quickTable } from './quick.mjs';
import { oneCase, rounds } from './rounds.mjs';

const { values: given } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    subjects: { type: 'string' },
    rounds: { type: 'string' },
    profile: { type: 'string' },
    of: { type: 'string' },
    against: { type: 'string' },
  },
});

function chosen(all, text, what) {
  const names = text?.split(',') ?? all;
  const unknown = names.find((name) => !all.includes(name));
  if (unknown !== undefined) throw new Error(`no ${what} is called ${unknown}: ${all.join(', ')}`);
  return names;
}

const earlier = given.against === undefined ? [] : ['before-legacy', 'before-standard'];
/** Quick runs leave other packages out: they are not what is being worked on. */
const quickly = ['hand', 'spandrel-legacy', 'spandrel-standard', ...earlier];
const names = chosen(
  [...subjects, ...earlier],
  given.subjects ?? (given.quick || given.profile ? quickly.join(',') : undefined),
  'subject',
);
const wanted = chosen(
  columns.map(({ id }) => id),
  given.profile ?? given.only,
  'column',
);

if (names.some(isPeer) && !existsSync(join(import.meta.dirname, 'node_modules'))) {
  execFileSync('npm', ['ci', '--prefix', import.meta.dirname], { stdio: 'inherit' });
}

// Where the run is ended from outside, its folder goes too.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

build([...new Set(['bare', ...names])], given);

if (given.profile !== undefined) {
  const column = columns.find(({ id }) => id === given.profile);
  const subject = given.subjects === undefined ? 'spandrel-legacy' : names[0];
  const settings = { profiling: true, leastMs: 2_000, leastCalls: 200_000 };
  const { profile, calls, cpuNs } = await oneCase(column, subject, settings);
  console.log(`${subject}, ${column.title}: ${calls} calls, ${cpuNs.toFixed(0)} ns of CPU each while profiled`);
  console.log(profileTable({ ...profile, calls }, run));
} else {
  const asking = columns.filter(({ id }) => wanted.includes(id));
  const interleaved = [...new Set(['bare', ...names])];
  const times = Number(given.rounds ?? (given.quick ? 3 : 5));
  const began = performance.now();
  const results = await rounds(asking, interleaved, {
    rounds: times,
    onRound: (round) =>
      console.error(`round ${round} of ${times}: ${((performance.now() - began) / 1e3).toFixed(0)} s`),
  });
  console.log(quickTable(results, asking, names));
}
