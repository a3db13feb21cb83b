/**
 * A whole program with telemetry and without: parseltongue over trees that are in every clone.
 */
import { join } from 'node:path';
import { root, run } from '../build.mjs';
import { annotations, buildProgram } from '../program.mjs';
import { withReceiver } from '../receiver.mjs';
import { asked, environments } from '../rounds.mjs';
import { median } from '../statistics.mjs';
import { table } from '../table.mjs';

/** The larger tree is run with every method annotated only: with so few spans as its own it says nothing new. */
const trees = { 'node_modules/@babel': annotations, 'node_modules/typescript/lib': ['every'] };
const ways = ['inert', 'tenth', 'head', 'all'];
const most = { cpuMs: 0.05, rssBytes: 0.1 };

const titles = {
  own: 'its own annotations',
  every: 'every method annotated',
  inert: 'inert, no SDK loaded',
  tenth: '10 % kept, decided at the end',
  head: '10 % kept, decided by a sampler at the start',
  all: 'all kept',
};

async function once({ tree, program, way, url, profiling }) {
  const otlp = way === 'inert' ? undefined : url;
  const question = { program, path: join(root, tree), otlp, keeps: way === 'tenth' ? 0.1 : undefined, profiling };
  const answer = await asked(join(run, 'now', 'program.mjs'), question, {
    env: way === 'head' ? environments.tenth : {},
    execArgv: ['--expose-gc'],
  });
  if (way === 'inert' && answer.loaded > 0) throw new Error(`${answer.loaded} files of OpenTelemetry were loaded`);
  return answer;
}

/** The smaller tree, every method annotated, 10 % kept: where its time goes. */
export function profileOfProgram() {
  buildProgram();
  const [tree] = Object.keys(trees);
  return withReceiver((url) => once({ tree, program: 'every', way: 'tenth', url, profiling: true }));
}

export async function measure({ rounds, tell }) {
  buildProgram();
  const answers = [];
  await withReceiver(async (url) => {
    for (let round = 0; round < rounds; round += 1) {
      for (const [tree, programs] of Object.entries(trees)) {
        for (const program of programs) {
          for (const way of ways) answers.push({ tree, program, way, ...(await once({ tree, program, way, url })) });
        }
      }
      tell(`whole program, round ${round + 1} of ${rounds}`);
    }
  });
  return answers;
}

const units = {
  cpuMs: (value) => `${(value / 1e3).toFixed(2)} s`,
  wallMs: (value) => `${(value / 1e3).toFixed(2)} s`,
  rssBytes: (value) => `${(value / 2 ** 20).toFixed(0)} MiB`,
  heapBytes: (value) => `${(value / 2 ** 20).toFixed(0)} MiB`,
};

function medianOf(answers, { tree, program, way }, what) {
  const chosen = answers.filter((one) => one.tree === tree && one.program === program && one.way === way);
  return median(chosen.map((one) => one[what]));
}

/** Median over the rounds of what a run takes more than the inert run of its own round. */
function more(answers, { tree, program, way }, what) {
  const of = (asked) => answers.filter((one) => one.tree === tree && one.program === program && one.way === asked);
  const inert = of('inert');
  return median(of(way).map((one, round) => one[what] / inert[round][what] - 1));
}

const signed = (part) => `${part < 0 ? '−' : '+'}${Math.abs(part * 100).toFixed(1)} %`;

export function text(answers) {
  return Object.entries(trees)
    .map(([tree, programs]) => {
      const { files } = answers.find((one) => one.tree === tree);
      const rows = programs.flatMap((program) =>
        ways.map((way) => {
          const which = { tree, program, way };
          const shown = Object.entries(units).map(([what, unit]) => {
            const value = unit(medianOf(answers, which, what));
            return way === 'inert' ? value : `${value} (${signed(more(answers, which, what))})`;
          });
          const { spans } = answers.find((one) => one.tree === tree && one.program === program && one.way === way);
          const sent = spans === undefined ? '' : `${spans.delivered} sent, ${spans.dropped.bufferFull} dropped`;
          const start = way === 'inert' ? '' : `${medianOf(answers, which, 'startMs').toFixed(0)} ms`;
          return [titles[program], titles[way], ...shown, start, sent];
        }),
      );
      const figures = ['CPU', 'time', 'most memory (RSS)', 'heap at the end', 'CPU to load and start', 'spans'];
      const columns = ['annotations', 'telemetry', ...figures];
      return `#### ${tree}, ${files} files\n\n${table(columns, rows)}`;
    })
    .join('\n\n');
}

export function limits(answers) {
  const row = (tree, what, title) => {
    const part = more(answers, { tree, program: 'every', way: 'tenth' }, what);
    const limit = `≤ +${most[what] * 100} %`;
    return {
      what: `${title}, every method annotated, 10 % kept (${tree})`,
      limit,
      seen: signed(part),
      met: part <= most[what],
    };
  };
  return Object.keys(trees).flatMap((tree) => [row(tree, 'cpuMs', 'CPU'), row(tree, 'rssBytes', 'most memory')]);
}
