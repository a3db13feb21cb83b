/**
 * `npm run docs:floods`: measures floods and calls that never settle, and writes the page of them anew.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { root } from '../../house/project-files.js';
import { backends, flood, neverSettling } from './measured-floods.js';

const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;
const milliseconds = (ms: number): string => `${ms.toFixed(1)} ms`;

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

async function neverSettlingTable(): Promise<string> {
  const rows: (string | number)[][] = [];
  for (const [kind, what, calls] of [
    ['kept', 'the program keeps what would settle them', 1_000_000],
    ['dropped', 'it drops it', 300_000],
    ['children', 'kept, all below one call', 300_000],
    ['measured', 'kept, with three metrics beside the span', 100_000],
  ] as const) {
    const around = [];
    for (const one of ['none', 'context', 'spandrel'] as const) around.push(await neverSettling(kind, one, calls));
    const seen = around[2];
    const errors = `${seen?.during.failing} of ${seen?.during.failed}`;
    rows.push([what, calls, ...around.map(({ grown }) => mebibytes(grown)), errors, mebibytes(seen?.left ?? 0)]);
  }
  const head = ['', 'calls', 'bare', 'with an `AsyncLocalStorage`', 'with Spandrel', 'errors of others kept', 'left'];
  return table(head, rows);
}

async function floodTable(): Promise<string> {
  const bare = await flood('none', 5, 'takes all');
  const rows = [['none', 'no telemetry', bare] as const];
  const settings = { sampling: { success: 0.1 } };
  const seen = [];
  for (const backend of Object.keys(backends)) {
    seen.push(['spandrel', backend, await flood('spandrel', 5, backend, settings)] as const);
  }
  return table(
    ['backend', 'calls a second', 'late, half', 'late, p99', 'late, most', 'heap as it ends', 'after', 'highest RSS'],
    [...rows, ...seen].map(([, backend, { callsASecond, p50, p99, max, sending, grown, rss }]) => [
      backend,
      Math.round(callsASecond).toLocaleString('en'),
      ...[p50, p99, max].map(milliseconds),
      ...[sending, grown, rss].map(mebibytes),
    ]),
  );
}

async function page(): Promise<string> {
  const [{ model } = { model: '' }] = cpus();
  return `# Floods

What a program's heap and its event loop bear when it makes far too many calls. Written by \`npm run docs:floods\`; nothing in it is edited by hand. The same programs are held to their bounds by \`npm run test:load\`.

${cpus().length} × ${model}, Node ${process.version}. Heap is what is used after all garbage was collected, beyond what was used before.

## Calls that never settle

Beside them 1,000 ordinary calls are made, 100 of which fail. The second column of bytes is what Node takes for any Context that is kept over promises: [what is bounded](guide/limits.md#calls-that-do-not-end).

${await neverSettlingTable()}

## A million calls a second

Attempted for five seconds, in traces of four calls of which one in a hundred fails; \`sampling: { success: 0.1 }\`. How late the event loop is, is told by \`monitorEventLoopDelay\` at a resolution of one millisecond.

${await floodTable()}
`;
}

void page().then((text) => writeFileSync(join(root, 'docs/floods.md'), text));
