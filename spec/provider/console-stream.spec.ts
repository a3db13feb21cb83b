/**
 * The stream the console writes to may fail, at once or later: that is told, counted, and brings nothing down.
 */
import { Writable } from 'node:stream';
import { bootstrap, type ConsoleSettings, Counted, log, type Telemetry, Traced } from 'spandrel';

class Kitchen {
  @Traced('kitchen.cook')
  @Counted('console.stream.spec.meals')
  cook(): string {
    log.info('cooking');
    return this.plate();
  }

  @Traced('kitchen.plate')
  plate(): string {
    return 'meal';
  }
}

let telemetry: Telemetry;

function start(drawing: ConsoleSettings): void {
  telemetry = bootstrap({ export: { protocol: 'console', console: drawing } });
}

afterEach(() => telemetry.shutdown());

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

test('a stream that fails later is left alone, and its error event brings nothing down', async () => {
  let writes = 0;
  const pipe = new Writable({
    write: (_chunk, _encoding, done) => {
      writes += 1;
      setImmediate(() => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })));
    },
  });
  start({ stream: pipe });
  expect(new Kitchen().cook()).toBe('meal');
  await nextTurn();
  expect(pipe.errored).toMatchObject({ code: 'EPIPE' });
  expect(new Kitchen().cook()).toBe('meal');
  await telemetry.shutdown();
  expect(writes).toBe(1);
  // What was written when the stream broke can't be told from what arrived.
  expect(telemetry.health()).toMatchObject({
    spans: [{ received: 4, failed: 4, delivered: 0, lastError: 'write EPIPE' }],
    logs: [{ received: 2, failed: 1, delivered: 1, lastError: 'write EPIPE' }],
    metrics: [{ exports: 1, failed: 1, lastError: 'write EPIPE' }],
  });
  expect(telemetry.health().faults.map(({ code }) => code)).toContain('SPANDREL_CONSOLE_CLOSED');
});

test('a stream that works keeps no listeners of ours', async () => {
  const pipe = new Writable({ write: (_chunk, _encoding, done) => done() });
  start({ stream: pipe });
  for (let i = 0; i < 20; i += 1) new Kitchen().cook();
  await telemetry.shutdown();
  await nextTurn();
  expect(pipe.listenerCount('error')).toBe(0);
});

test('a stream that fails at once is left alone', async () => {
  let writes = 0;
  start({
    stream: {
      write: () => {
        writes += 1;
        throw new Error('EPIPE');
      },
    },
  });
  expect(new Kitchen().cook()).toBe('meal');
  expect(new Kitchen().cook()).toBe('meal');
  await telemetry.shutdown();
  expect(writes).toBe(1);
});
