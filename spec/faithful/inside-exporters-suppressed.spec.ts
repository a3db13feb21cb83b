/**
 * Where the program suppresses tracing (OpenTelemetry's `suppressTracing`), annotated methods leave no spans and nothing is
 * read for any; they are counted and timed like all others, and log records are written.
 */
import { context, trace } from '@opentelemetry/api';
import { suppressTracing, unsuppressTracing } from '@opentelemetry/core';
import { annotate, bootstrap, Counted, call, InFlight, log, Timed, Traced, traced } from 'spandrel';
import { recorded, span } from '../support/recorded-telemetry.js';

const asked: string[] = [];
const asking = (what: string) => () => {
  asked.push(what);
  return what;
};

class Health {
  @Traced({
    name: asking('name'),
    attributes: { given: asking('function'), mapped: call.arg(0).map(asking('map')), result: call.result() },
    parent: asking('parent') as never,
    links: asking('links') as never,
  })
  @Counted('suppressed.calls', { attributes: { outcome: call.outcome() } })
  @Timed('suppressed.time')
  @InFlight('suppressed.running')
  check(given: string): string {
    if (given === 'bad') throw new RangeError('bad');
    return given;
  }

  @Traced({ parent: 'root', name: asking('root') })
  async later(given: string): Promise<string> {
    await Promise.resolve();
    return this.check(given);
  }

  @Traced({ name: asking('steps'), attributes: { last: call.result() } })
  *steps(given: string): Generator<string, string> {
    yield given;
    return this.check(given);
  }

  @Traced({ callback: 'last', name: asking('callback') })
  called(done: (error: unknown, result: string) => void): void {
    done(null, this.check('called'));
  }

  @Traced()
  get getter(): string {
    return this.check('getter');
  }
}

const plain = traced({ name: asking('plain') }, function echo(given: string) {
  return given;
});
const quietly = <T>(work: () => T): T => context.with(suppressTracing(context.active()), work);
const health = new Health();

beforeEach(() => {
  asked.length = 0;
  recorded.start();
});
afterEach(() => recorded.stop());

test.each<[string, () => unknown]>([
  ['a method', () => health.check('x')],
  ['an async method', () => health.later('x')],
  ['a generator', () => [...health.steps('x')]],
  ['a getter', () => health.getter],
  ['a plain function', () => plain('x')],
  ['a method that calls back', () => new Promise((resolve) => health.called((_, result) => resolve(result)))],
  ['a method that fails', () => expect(() => health.check('bad')).toThrow(RangeError)],
])('%s leaves no span, and nothing is asked for one', async (_, work) => {
  await quietly(work);
  expect(await recorded.trees()).toEqual([]);
  expect(asked).toEqual([]);
  expect(recorded.faults()).toEqual([]);
});

test('metrics are exact all the same', async () => {
  await quietly(async () => {
    health.check('x');
    await health.later('x');
    expect(() => health.check('bad')).toThrow(RangeError);
  });
  health.check('x');
  const failed = { outcome: 'error', 'error.type': 'RangeError' };
  expect(await recorded.points('suppressed.calls')).toEqual([
    [failed, 1],
    [{ outcome: 'success' }, 3],
  ]);
  expect(await recorded.points('suppressed.time')).toEqual([
    [{ 'error.type': 'RangeError' }, 1],
    [{}, 3],
  ]);
  expect(await recorded.points('suppressed.running')).toEqual([[{}, 0]]);
});

test('a generator made where tracing is suppressed, or stepped there, leaves no span', async () => {
  const made = quietly(() => health.steps('x'));
  expect([...made]).toEqual(['x']);
  const stepped = health.steps('x');
  expect(quietly(() => [...stepped])).toEqual(['x']);
  expect((await recorded.trees()).map(({ name }) => name)).toEqual(['name']);
});

test('the span around stays the active one; inside, tracing may be taken up again', async () => {
  const outer = traced('outer', () => {
    const around = trace.getActiveSpan();
    quietly(() => {
      annotate({ from: 'inside' });
      expect(trace.getActiveSpan()).toBe(around);
      plain('x');
      context.with(unsuppressTracing(context.active()), () => plain('y'));
    });
    return 'done';
  });
  expect(outer()).toBe('done');
  expect(await recorded.trees()).toEqual([
    span('outer', { attributes: { from: 'inside' } }, span('plain', { at: 'echo' })),
  ]);
});

test('log records are written: it is tracing that is suppressed', async () => {
  quietly(() => log.error('the check failed'));
  expect((await recorded.logs()).map(({ body }) => body)).toEqual(['the check failed']);
});

test('flush() and shutdown() do what they do elsewhere', async () => {
  const telemetry = bootstrap();
  health.check('x');
  await quietly(() => telemetry.flush());
  expect(telemetry.health().spans[0]).toMatchObject({ received: 1, delivered: 1, waiting: 0 });
  plain('y');
  const bare = Object.getOwnPropertyDescriptor(Health.prototype, 'check')?.value;
  await quietly(() => telemetry.shutdown());
  expect(telemetry.health().spans[0]).toMatchObject({ received: 2, delivered: 2, waiting: 0 });
  expect(Health.prototype.check).not.toBe(bare);
});
