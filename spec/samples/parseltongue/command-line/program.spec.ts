// The real program as a child process: what it prints, where, and what it exits with.

import { spawn } from 'node:child_process';
import { symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { treeOf } from '../tree-of.js';

const ROOT = resolve(__dirname, '../../../..');

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function run(
  args: readonly string[],
  onError?: (text: string, kill: (signal: NodeJS.Signals) => void) => void,
): Promise<Ended> {
  const { FORCE_COLOR: _, OTEL_EXPORTER_OTLP_ENDPOINT: __, ...env } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'samples/parseltongue/main.ts', ...args], {
    cwd: ROOT,
    env,
    timeout: 60_000,
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (text) => (out += text));
  child.stderr.on('data', (text) => {
    err += text;
    onError?.(String(text), (signal) => child.kill(signal));
  });
  return new Promise((done) => child.on('close', (code) => done({ code, out, err })));
}

jest.setTimeout(90_000);

test('a tree with broken syntax and links in a circle is analysed: exit 0, with traces, metrics and cost', async () => {
  const path = await treeOf({ 'a.ts': 'export function a(): void {} a();', 'broken.js': 'function (' });
  await symlink('.', join(path, 'loop'));
  const { code, out, err } = await run([path]);
  expect(code).toBe(0);
  expect(out).toMatch(/^parseltongue {2}\/.* {2}2 source files in 1 project\n/);
  expect(out).toMatch(/\nfiles {7}2 in [\d.]+ s: 1 TypeScript, 1 JavaScript; 1 in error\n/);
  expect(out).toMatch(/\nProblems {2}1 syntax\n {2}syntax +broken\.js:1 {2}/);
  for (const name of SPANS_AND_METRICS) expect(out).toContain(`parseltongue.${name}`);
  expect(out).toMatch(/\nWhat telemetry cost {2}about [\d.]+ s of [\d.]+ s CPU \([\d.]+ %\)\n/);
  expect(out).toMatch(/arrived +(\d+) of \1 spans/);
  expect(err).toMatch(/2 of 2 files 100 %/);
  expect(`${out}${err}`).not.toContain('\u001b');
});

test('what cannot be analysed is exit 1', async () => {
  const { code, out } = await run([await treeOf({ 'a.ts': `// ${'x'.repeat(200)}` }), '--max-file-bytes', '100']);
  expect(code).toBe(1);
  expect(out).toContain('too-large   a.ts has 203 bytes, more than the limit of 100');
});

test('a path that is not there, and words that mean nothing, are one sentence and exit 2', async () => {
  const [absent, wrong] = await Promise.all([run(['/no/such/tree']), run(['--nonsense'])]);
  expect(absent).toEqual({
    code: 2,
    out: '',
    err: 'parseltongue: /no/such/tree does not exist, so there is nothing to analyse\n',
  });
  expect(wrong).toEqual({
    code: 2,
    out: '',
    err: "parseltongue: Unknown option '--nonsense'; --help shows what can be said\n",
  });
});

test('an empty tree is said to be empty, exit 0; help is help', async () => {
  const [empty, help] = await Promise.all([run([await treeOf({ 'readme.md': '' })]), run(['--help'])]);
  expect(empty.code).toBe(0);
  expect(empty.out).toContain('no file ends in .ts .tsx .mts .cts .js .jsx .mjs .cjs\n');
  expect(empty.out).toContain('files       0 in ');
  expect(help).toMatchObject({ code: 0, err: '' });
});

test('Ctrl-C ends it early, with all that was measured, and exit 130', async () => {
  let once = false;
  const { code, out } = await run(['node_modules/@opentelemetry'], (_, kill) => {
    // The first line of progress; a second signal would end the program at once.
    if (!once) kill('SIGINT');
    once = true;
  });
  expect(code).toBe(130);
  expect(out).toMatch(/Interrupted after [\d,]+ of [\d,]+ files\./);
  expect(out).toContain('parseltongue.files.processed.total');
  expect(out).toMatch(/Telemetry {2}([\d,]+) of \1 spans/);
});

const SPANS_AND_METRICS = [
  'session',
  'parse.file',
  'ast.traverse',
  'syntax.analyze',
  'graph.build',
  'relationships.extract',
  'index.update',
  'query.execute',
  'search.semantic',
  'results.format',
  'llm.hallucination.detected',
  'files.processed.total',
  'errors.count',
  'time_to_nav.duration',
  'blast_radius.duration',
  'parse.latency',
  'memory.usage',
  'graph.nodes.count',
  'active.sessions',
];
