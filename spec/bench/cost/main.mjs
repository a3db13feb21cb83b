/**
 * `npm run bench`: what a woven call costs, beside the same by hand and by other packages.
 *
 *     npm run bench                                    everything, and writes docs/performance.md
 *     npm run bench -- --section growth,program        some sections, printed: columns, floor, sent, calls, growth, program
 *     npm run bench -- --quick                         the columns only, few rounds, printed
 *     npm run bench -- --only sync,async               some columns, printed
 *     npm run bench -- --subjects spandrel-legacy,hand some subjects, printed; bare is always there
 *     npm run bench -- --of HEAD                       the library of a commit, not of the working tree
 *     npm run bench -- --quick --against HEAD          and a commit's beside it, as before-legacy and before-standard
 *     npm run bench -- --rounds 5                      how often each case is run
 *     npm run bench -- --profile sync                  where the time of one column goes, for the first subject
 *     npm run bench -- --profile program               where that of the whole program goes
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { columnOf, columns, isPeer, subjects } from './columns.mjs';
import { runSections, sectionNames, writeAll } from './full.mjs';
import { measured } from './page.mjs';
import { profileTable } from './profile.mjs';
import { quickTable } from './quick.mjs';
import { oneCase } from './rounds.mjs';
import { measure } from './sections/columns.mjs';
import { profileOfProgram } from './sections/whole-program.mjs';

const { values: given } = parseArgs({
  options: {
    section: { type: 'string' },
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
const wanted = chosen([...columns.map(({ id }) => id), 'program'], given.profile ?? given.only, 'column');

if (names.some(isPeer) && !existsSync(join(import.meta.dirname, 'node_modules'))) {
  execFileSync('npm', ['ci', '--prefix', import.meta.dirname], { stdio: 'inherit' });
}

// Where the run is ended from outside, its folder goes too.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

const interleaved = [...new Set(['bare', ...names])];
const rounds = given.rounds === undefined ? undefined : Number(given.rounds);
const commit = measured(given.of);
await build(interleaved, given);

if (given.profile === 'program') {
  const { profile, cpuMs } = await profileOfProgram();
  console.log(`every method of parseltongue annotated, 10 % kept: ${cpuMs.toFixed(0)} ms of CPU while profiled`);
  console.log(profileTable(profile));
} else if (given.profile !== undefined) {
  const column = columnOf(given.profile);
  const subject = given.subjects === undefined ? 'spandrel-legacy' : names[0];
  const settings = { profiling: true, leastMs: 2_000, leastCalls: 200_000 };
  const { profile, calls, cpuNs } = await oneCase(column, subject, settings);
  console.log(`${subject}, ${column.title}: ${calls} calls, ${cpuNs.toFixed(0)} ns of CPU each while profiled`);
  console.log(profileTable(profile, calls));
} else if (given.section !== undefined) {
  console.log(await runSections(chosen(sectionNames, given.section, 'section'), { rounds, commit }));
} else if (given.quick || given.only !== undefined || given.subjects !== undefined || given.against !== undefined) {
  const asked = columns.filter(({ id }) => wanted.includes(id));
  const settings = { rounds: rounds ?? (given.quick ? 3 : 5), subjects: interleaved, asked, tell: console.error };
  console.log(quickTable(await measure(settings), asked, names));
} else {
  await writeAll({ rounds, commit });
}
