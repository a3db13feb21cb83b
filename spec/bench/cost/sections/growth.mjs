/**
 * Whether a call costs more the more there is: annotated sites, calls made; and what a span takes while it waits.
 */
import { join } from 'node:path';
import { run } from '../build.mjs';
import { columnOf } from '../columns.mjs';
import { asked } from '../rounds.mjs';
import { buildSites, siteCounts, siteSubjects } from '../sites.mjs';
import { median } from '../statistics.mjs';
import { duration, table } from '../table.mjs';

const callCounts = [1_000, 10_000, 100_000, 1_000_000];
/** In a program a site is called some times, and then others are: it need not be fetched from memory for each call. */
const inRow = 32;
const many = { warmCalls: 1_638_400, calls: 204_800 };
const patterns = [
  ...siteCounts.map((count) => ({ name: grouped(count), sites: count, inRow, ...many })),
  { name: '10,000, one call each', sites: 10_000, inRow: 1, ...many },
];
const ours = ['spandrel-legacy', 'spandrel-standard'];
const flat = 0.15;
const mostBytes = 400;

function grouped(count) {
  return count.toLocaleString('en-GB');
}

const ask = (file, question, execArgv) => asked(join(run, 'now', file), question, { execArgv });

export async function measure({ rounds, tell }) {
  buildSites();
  const sites = {};
  const calls = {};
  const bytes = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, ...asking } of patterns) {
      for (const subject of siteSubjects) {
        const answer = await ask('many-sites.mjs', { subject, ...asking });
        if (answer.missed !== 0) throw new Error(`${subject} lost ${answer.missed} spans or counts at ${name} sites`);
        ((sites[subject] ??= {})[name] ??= []).push(answer);
      }
    }
    for (const before of callCounts) {
      for (const subject of siteSubjects) {
        const answer = await ask('many-calls.mjs', { subject, column: columnOf('sync'), before });
        ((calls[subject] ??= {})[before] ??= []).push(answer.cpuNs);
      }
    }
    for (const subject of siteSubjects.slice(1)) {
      const answer = await ask('buffered.mjs', { subject, column: columnOf('sync') }, ['--expose-gc']);
      if (answer.early !== 0 || answer.missed !== 0) throw new Error(`${subject}: ${JSON.stringify(answer)}`);
      (bytes[subject] ??= []).push(answer.bytes);
    }
    tell(`growth, round ${round + 1} of ${rounds}`);
  }
  return { sites, calls, bytes };
}

/** The farthest from the first, as a part of it. */
function drift(values) {
  const [first] = values;
  const parts = values.map((value) => value / first - 1);
  return parts.reduce((most, part) => (Math.abs(part) > Math.abs(most) ? part : most), 0);
}

const signed = (part) => `${part < 0 ? '−' : '+'}${Math.abs(part * 100).toFixed(0)} %`;

const names = patterns.map(({ name }) => name);

function costs({ sites, calls }) {
  const at = (subject, name) => median(sites[subject][name].map(({ cpuNs }) => cpuNs));
  const after = (subject) => callCounts.map((count) => median(calls[subject][count]));
  return {
    atSites: (subject) => names.map((name) => at(subject, name) - at('bare', name)),
    atCalls: (subject) => after(subject).map((ns, at) => ns - after('bare')[at]),
  };
}

/** The last pattern is shown, and not held to be flat. */
const driftOfSites = (values) => drift(values.slice(0, siteCounts.length));

export function text(data) {
  const { atSites, atCalls } = costs(data);
  const subjects = siteSubjects.slice(1);
  const bySites = subjects.map((subject) => {
    const [last, ...others] = atSites(subject).reverse();
    const first = others.reverse();
    return [subject, ...first.map(duration), signed(driftOfSites(first)), duration(last)];
  });
  const byCalls = subjects.map((subject) => {
    const values = atCalls(subject);
    return [subject, ...values.map(duration), signed(drift(values))];
  });
  const starts = ours.map((subject) => [
    subject,
    ...siteCounts.map((count) => {
      const times = data.sites[subject][grouped(count)].map(({ startMs }) => startMs);
      return duration(median(times) * 1e6);
    }),
  ]);
  const held = subjects.map((subject) => [subject, `${Math.round(median(data.bytes[subject]))} bytes`]);
  const counts = siteCounts.map(grouped);
  return [
    `#### Annotated sites\n\nA span and a counter at each. A site is called ${inRow} times, then the next. The last column calls every site
once and then the next: nothing of it is in the processor's caches by then, and the methods of the program have been
called too seldom to be compiled well, by whomever they are watched. What grows towards 10,000 is the fetching of what belongs to a site, once for its 32 calls
([decision 14](decisions/0014-nothing-between.md)); nothing of ours is looked for among the others.`,
    table(['sites', ...counts, 'farthest from the first', names.at(-1)], bySites),
    'CPU time of `bootstrap()`, which weaves them; classes of the standard dialect are woven when first made.',
    table(['sites', ...counts], starts),
    '#### Calls\n\nWhat a call costs after so many others, those for the compiler not counted.',
    table(['calls', ...callCounts.map(grouped), 'farthest from the first'], byCalls),
    '#### A span that waits to be sent\n\nWithout attributes of its own.',
    table(['', 'held'], held),
  ].join('\n\n');
}

export function limits(data) {
  const { atSites, atCalls } = costs(data);
  return ours.flatMap((subject) => [
    row(`a call costs the same, 1 to 10,000 sites (${subject})`, driftOfSites(atSites(subject))),
    row(`a call costs the same, after 10³ to 10⁶ calls (${subject})`, drift(atCalls(subject))),
    {
      what: `bytes of a span that waits (${subject})`,
      limit: `≤ ${mostBytes}`,
      seen: Math.round(median(data.bytes[subject])).toString(),
      met: median(data.bytes[subject]) <= mostBytes,
    },
  ]);
}

const row = (what, part) => ({ what, limit: '± 15 %', seen: signed(part), met: Math.abs(part) <= flat });
