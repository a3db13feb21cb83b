/**
 * The kit in other runners, run as their users run them: `node --test`, and Vitest in threads and in processes of its own.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';

const root = process.cwd();
const runners = join(root, 'spec', 'testing', 'runners');
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');

interface Outcome {
  readonly code: number;
  readonly output: string;
}

function run(...given: string[]): Promise<Outcome> {
  // Jest says so to everybody below it, and `node --test` would tell of its tests to who started it.
  const { NODE_OPTIONS: _options, NODE_TEST_CONTEXT: _context, JEST_WORKER_ID: _worker, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      given,
      { cwd: root, env: { ...env, NO_COLOR: '1', CI: '1' }, timeout: 60_000, killSignal: 'SIGKILL' },
      (error, stdout, stderr) => {
        const code = typeof error?.code === 'number' ? error.code : error === null ? 0 : -1;
        resolve({ code, output: `${stdout}${stderr}` });
      },
    );
  });
}

const nodeTest = (file: string): Promise<Outcome> =>
  run('--import', 'tsx', '--test', '--test-reporter=spec', join(runners, file));

const vitestRun = (file: string, pool: string): Promise<Outcome> =>
  run(vitest, 'run', '--root', runners, '--config', join(runners, 'vitest-settings.ts'), `--pool=${pool}`, file);

/** The drawing, without what runners put before its lines. */
const drawn = (ofKind: string): readonly string[] => [
  'trace 00000000000000000000000000000001  2 spans  4 ms',
  'code.function.name=Checkout.place',
  'code.function.name=Checkout.pay  kind=book',
  `▲ kind: expected ${ofKind}, is "book"`,
];

test('node --test: what passes', async () => {
  const { code, output } = await nodeTest('node-passing.ts');
  expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('a pen') });
}, 90_000);

test('node --test: what fails shows the tree', async () => {
  const { code, output } = await nodeTest('node-failing.ts');
  expect(code).toBe(1);
  expect(output).toContain('AssertionError');
  for (const line of drawn('"pen"')) expect(output).toContain(line);
}, 90_000);

test.each(['threads', 'forks'])(
  'Vitest in %s: what passes',
  async (pool) => {
    const { code, output } = await vitestRun('vitest-passing', pool);
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('2 passed') });
  },
  90_000,
);

test('Vitest: what fails shows the tree', async () => {
  const { code, output } = await vitestRun('vitest-failing', 'threads');
  expect(code).toBe(1);
  for (const line of drawn('StringMatching /pen/')) expect(output).toContain(line);
}, 90_000);
