/**
 * `docs/performance.md`: the figures of one run, the limits beside what was seen, and how to read them.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { root } from './build.mjs';
import { table } from './table.mjs';

const versionOf = (folder, name) =>
  JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;

const git = (...words) => execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim();

/** What is measured, told when it is built: commits and edits may follow while the run lasts. */
export function measured(of) {
  const changed = of === undefined && git('status', '--porcelain', '--', 'lib') !== '';
  return `${git('rev-parse', '--short', of ?? 'HEAD')}${changed ? ' with changes' : ''}`;
}

function facts(commit) {
  const [{ model }] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const peers = ['nestjs-otel', '@arizeai/openinference-core'].map(
    (name) => `${name} ${versionOf(import.meta.dirname, name)}`,
  );
  const api = ['api', 'sdk-trace-node', 'sdk-metrics'].map(
    (name) => `${name} ${versionOf(root, `@opentelemetry/${name}`)}`,
  );
  return [
    `- **When**: ${new Date().toISOString().slice(0, 10)}, spandrel ${version} at ${commit}.`,
    `- **Machine**: ${cpus().length} × ${model}, ${memory} GiB, ${type()} ${release()}. Node ${process.version}, V8 ${process.versions.v8}.`,
    `- **Packages**: OpenTelemetry ${api.join(', ')}; ${peers.join(', ')}; TypeScript ${versionOf(root, 'typescript')}.`,
  ].join('\n');
}

/** How busy the machine was with other things: the reader should know what the figures are worth. */
export function load(wallSeconds) {
  const spent = cpuSeconds();
  return () => {
    const other = (cpuSeconds() - spent) / wallSeconds();
    return `${other.toFixed(1)} of ${cpus().length} processors were busy on average; the bench itself keeps little more than one.`;
  };
}

function cpuSeconds() {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys, 0) / 1e3;
}

export function limitsTable(limits) {
  const rows = limits.map(({ what, limit, seen, met }) => [what, limit, seen, met ? 'yes' : '**no**']);
  return table(['', 'limit', 'seen', 'reached'], rows);
}

export function page({ commit, limits, sections, took, busy }) {
  const parts = sections.map(({ title, about, text }) => `## ${title}\n\n${about}\n\n${text}`);
  return `# Performance

What a woven call costs, beside the same written by hand with OpenTelemetry and annotated with other packages. This page is written by the bench; nothing in it is edited by hand.

${facts(commit)}
- **The run**: took ${took}. ${busy}

## How to read it

- Each figure is measured in a process of its own; cases take turns, and then all of them again. What is shown is the median of the rounds.
- **Overhead** is what a call takes more than the same call with nothing around it. It is CPU time of the whole process, its collector of garbage and its queue included: on a machine with other work
  it is steadier than the wall clock. The ratio by the wall clock, in the call alone, is shown beside it.
- **By hand** is what a careful user writes: \`startActiveSpan\`, \`try\`/\`catch\`/\`finally\`, \`setStatus\`, \`recordException\`, \`add\`, \`record\`, behind the SDK's \`BatchSpanProcessor\` and a periodic reader of
  metrics. Ratios are to this, in the same run: they travel between machines better than nanoseconds.
- Spandrel's spans say more than those by hand: \`code.function.name\` is on each.
- Spans and measurements are really made: the exporter counts what it is given, and a case that loses one fails the run.
- The bare method adds two numbers. Overhead is the same around one that does more.

## Run it

\`\`\`bash
npm run bench                                                 # all of it, and writes this page
npm run bench -- --section growth,program                     # a section, printed: columns, floor, sent, calls, growth, program
npm run bench -- --quick                                      # Spandrel and by hand, one call, in a minute or two
npm run bench -- --only sync,async --subjects hand,nestjs-otel
npm run bench -- --quick --only sync --against HEAD           # the working tree beside a commit, in one run
npm run bench -- --profile sync                               # where the time of a call goes
npm run bench -- --profile program                            # and where that of the whole program
\`\`\`

Only ratios within one run can be compared: the machine is never the same twice.

## Limits

The project's own targets, and what this run saw.

${limitsTable(limits)}

${parts.join('\n\n')}
`;
}

export function writePage(text) {
  writeFileSync(join(root, 'docs/performance.md'), text);
}
