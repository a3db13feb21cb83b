/**
 * A process ends with telemetry as it ends without: same code, same signal, same output; and what it recorded has arrived.
 */
import { OtlpReceiver, type OtlpSpan } from '../support/otlp-receiver.js';
import { type Ended, type Run, runProgram } from './run-program.js';

let receiver: OtlpReceiver;
beforeEach(async () => (receiver = await OtlpReceiver.start()));
afterEach(() => receiver.stop());

const names = (spans: readonly OtlpSpan[]): string[] => spans.map(({ name }) => name).sort();
const grinds = (): unknown => receiver.lastMetrics().find(({ name }) => name === 'ending.grinds')?.sum?.dataPoints;

interface Given {
  readonly onLine?: Run['onLine'];
  readonly shutdown?: object;
}

async function ended(way: string, { onLine, shutdown }: Given = {}): Promise<{ bare: Ended; told: Ended }> {
  const run = (...more: string[]): Promise<Ended> =>
    runProgram('ending-program.ts', { arguments: [way, ...more], onLine });
  const bare = await run('bare');
  return { bare, told: await run(receiver.endpoint, JSON.stringify(shutdown ?? {})) };
}

const killedBy =
  (signal: NodeJS.Signals): Run['onLine'] =>
  (line, kill) => {
    if (line === 'ready') kill(signal);
  };

test('with nothing more to do: the exit code that was set, and all has arrived', async () => {
  const { bare, told } = await ended('nothing more to do');
  expect(told).toEqual(bare);
  expect(told).toEqual({ code: 3, signal: null, stdout: '', stderr: '' });
  expect(names(receiver.spans())).toEqual(['Mill.grind']);
  expect(grinds()).toMatchObject([{ asDouble: 1 }]);
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it by that signal, once all has arrived', async (signal) => {
  const { bare, told } = await ended('a signal', { onLine: killedBy(signal) });
  expect(told).toEqual(bare);
  expect(told).toMatchObject({ code: null, signal, stderr: '' });
  expect(names(receiver.spans())).toEqual(['Mill.grind']);
  expect(grinds()).toMatchObject([{ asDouble: 1 }]);
});

test('a program that answers the signal goes on as long as it takes, and all of that has arrived too', async () => {
  const { bare, told } = await ended('a signal that the program answers', { onLine: killedBy('SIGTERM') });
  expect(told).toEqual(bare);
  expect(told).toMatchObject({ code: 7, stdout: 'ready\ncleaned\n' });
  expect(names(receiver.spans())).toEqual(['Mill.clean', 'Mill.grind', 'Mill.grind']);
  expect(grinds()).toMatchObject([{ asDouble: 2 }]);
});

test('so does one that answers it once, and ends itself', async () => {
  const { bare, told } = await ended('a signal that the program answers once', { onLine: killedBy('SIGINT') });
  expect(told).toEqual(bare);
  expect(told).toMatchObject({ code: 9, signal: null });
  expect(names(receiver.spans())).toEqual(['Mill.grind']);
});

test('a signal that the program lets pass does not end it, the second as little as the first', async () => {
  const seen = { passed: 0, arrived: false, kill: (_: NodeJS.Signals): void => undefined };
  const killAtLast = (): void => {
    if (seen.passed === 2 && seen.arrived) seen.kill('SIGKILL');
  };
  receiver.onRequest = (path) => {
    seen.arrived ||= path === '/v1/traces';
    killAtLast();
  };
  const told = await runProgram('ending-program.ts', {
    arguments: ['a signal that it lets pass', receiver.endpoint],
    onLine: (line, kill) => {
      seen.kill = kill;
      if (line === 'passed') seen.passed += 1;
      if (seen.passed < 2) kill('SIGTERM');
      killAtLast();
    },
  });
  expect(told).toMatchObject({ signal: 'SIGKILL', stdout: 'ready\npassed\npassed\n' });
  expect(names(receiver.spans())).toEqual(['Mill.grind']);
});

test('a package that ends the process where it finds no listener but its own still does', async () => {
  const { bare, told } = await ended('a package that counts listeners', { onLine: killedBy('SIGTERM') });
  expect(told).toEqual(bare);
  expect(told).toMatchObject({ signal: 'SIGTERM', stdout: 'ready\nnull SIGTERM\n' });
  expect(names(receiver.spans())).toEqual(['Mill.grind']);
});

test('what is done before the exit is recorded, and its code holds', async () => {
  const { bare, told } = await ended('work before the exit');
  expect(told).toEqual(bare);
  expect(told).toMatchObject({ code: 5, stderr: '' });
  expect(names(receiver.spans())).toEqual(['Mill.clean', 'Mill.grind', 'Mill.grind']);
  expect(grinds()).toMatchObject([{ asDouble: 2 }]);
});

test('so is what is done in several rounds', async () => {
  const { bare, told } = await ended('work before the exit, again and again');
  expect(told).toEqual(bare);
  expect(told).toMatchObject({ code: 4, stderr: '' });
  expect(names(receiver.spans())).toEqual(['Mill.clean', 'Mill.clean', 'Mill.clean', 'Mill.clean', 'Mill.grind']);
});

test('and what a listener does once, that was there before', async () => {
  const { bare, told } = await ended('work of a listener that was there before');
  expect(told).toEqual(bare);
  expect(told).toMatchObject({ code: 0, stderr: '' });
  expect(names(receiver.spans())).toEqual(['Mill.clean', 'Mill.grind']);
});

test.each([
  ['an error that nobody catches', 1],
  ['a rejection that nobody handles', 1],
  ['its own exit', 4],
  ['many listeners of its own', 0],
])('%s: code %d, and the same words', async (way, code) => {
  const { bare, told } = await ended(way);
  // Node itself stands in the stack of an error once more where something keeps a context across turns.
  const words = (run: Ended): string => run.stderr.replaceAll(/^ +at .*node:internal.*\n/gm, '');
  expect({ ...told, stderr: words(told) }).toEqual({ ...bare, stderr: words(bare) });
  expect(told).toMatchObject({ code, signal: null });
});

describe('where the backend never answers', () => {
  beforeEach(() => (receiver.answer = 'hang'));

  test('a signal waits for shutdown.timeoutMs and no longer', async () => {
    const onLine = killedBy('SIGTERM');
    const { bare, told } = await ended('a signal', { onLine, shutdown: { timeoutMs: 300 } });
    expect([told.code, told.signal]).toEqual([bare.code, bare.signal]);
    expect(told.stderr).toContain('SPANDREL_SHUTDOWN_LATE');
  });

  test('a second signal ends it at once', async () => {
    // What it is sent arrives: the first signal has been heard, and the second comes while it is being answered.
    receiver.onRequest = () => kill('SIGINT');
    let kill: (signal: NodeJS.Signals) => void = () => undefined;
    const began = performance.now();
    const told = await runProgram('ending-program.ts', {
      arguments: ['a signal', receiver.endpoint, JSON.stringify({ timeoutMs: 14_000 })],
      onLine: (_, killing) => {
        kill = killing;
        kill('SIGTERM');
      },
    });
    expect(told).toMatchObject({ code: null, signal: 'SIGINT' });
    expect(performance.now() - began).toBeLessThan(12_000);
  });

  test('the end of all work is not held longer than that either', async () => {
    const began = performance.now();
    const { bare, told } = await ended('nothing more to do', { shutdown: { timeoutMs: 300 } });
    expect([told.code, told.signal]).toEqual([bare.code, bare.signal]);
    expect(told.stderr).toContain('SPANDREL_SHUTDOWN_LATE');
    // An export of its own may take 10 s.
    expect(performance.now() - began).toBeLessThan(9_000);
  });
});

test('shutdown.signals: false leaves the end of the process alone', async () => {
  const { told } = await ended('a signal', { onLine: killedBy('SIGTERM'), shutdown: { signals: false } });
  expect(told).toMatchObject({ signal: 'SIGTERM' });
  expect(receiver.spans()).toEqual([]);
});

test('a list names the signals', async () => {
  const shutdown = { signals: ['SIGHUP'] };
  const { bare, told } = await ended('a signal', { onLine: killedBy('SIGHUP'), shutdown });
  expect(told).toEqual(bare);
  expect(names(receiver.spans())).toEqual(['Mill.grind']);
  receiver.requests.length = 0;
  const other = await ended('a signal', { onLine: killedBy('SIGTERM'), shutdown });
  expect(other.told).toEqual(other.bare);
  expect(receiver.spans()).toEqual([]);
});
