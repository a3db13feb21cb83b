/**
 * `@Traced`: name, kind and expected errors, each given or taken from the call.
 */
import { type CallFacts, Counted, call, Timed, Traced } from 'spandrel';
import { failedSpan, recorded, span } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

test('the name: Class.method, a text, or a function of the call', async () => {
  class Named {
    @Traced()
    plain(): void {}
    @Traced('short')
    short(): void {}
    @Traced({ name: 'long' })
    long(): void {}
    @Traced(({ args, self }: CallFacts) => `load ${String(args[0])} ${self instanceof Named}`)
    byCall(_what: string): void {}
    @Traced()
    static make(): void {}
    @Traced()
    [Symbol.toPrimitive](): string {
      return 'primitive';
    }
    @Traced()
    get size(): number {
      return 1;
    }
    @Traced()
    static get total(): number {
      return 2;
    }
  }
  const named = new Named();
  named.plain();
  named.short();
  named.long();
  named.byCall('page');
  Named.make();
  expect([`${named}`, named.size, Named.total]).toEqual(['primitive', 1, 2]);
  expect(await recorded.trees()).toEqual([
    span('Named.plain'),
    span('short', { at: 'Named.short' }),
    span('long', { at: 'Named.long' }),
    span('load page true', { at: 'Named.byCall' }),
    span('Named.make'),
    span('Named[Symbol.toPrimitive]'),
    span('Named.size'),
    span('Named.total'),
  ]);
});

test('a name function that throws, or gives no text, leaves the default', async () => {
  class Misnamed {
    @Traced(() => {
      throw new Error('no name');
    })
    throwing(): string {
      return 'untouched';
    }
    @Traced(() => '')
    empty(): void {}
    @Traced(() => 17 as unknown as string)
    number(): void {}
  }
  expect(new Misnamed().throwing()).toBe('untouched');
  new Misnamed().empty();
  new Misnamed().number();
  expect(await recorded.trees()).toEqual([span('Misnamed.throwing'), span('Misnamed.empty'), span('Misnamed.number')]);
  expect(recorded.faults()).toEqual([{ code: 'SPANDREL_OPTION_FAILED', where: 'Misnamed.throwing', count: 1 }]);
});

test('every kind', async () => {
  class Kinds {
    @Traced({ kind: 'internal' })
    internal(): void {}
    @Traced({ kind: 'server' })
    server(): void {}
    @Traced({ kind: 'client' })
    client(): void {}
    @Traced({ kind: 'producer' })
    producer(): void {}
    @Traced({ kind: 'consumer' })
    consumer(): void {}
  }
  const kinds = new Kinds();
  for (const kind of ['internal', 'server', 'client', 'producer', 'consumer'] as const) kinds[kind]();
  expect((await recorded.trees()).map(({ kind }) => kind)).toEqual([
    undefined,
    'SERVER',
    'CLIENT',
    'PRODUCER',
    'CONSUMER',
  ]);
});

test('an expected error passes as ever and is an answer, to the span and to the metrics', async () => {
  class NotFound extends Error {}
  class Gone extends NotFound {}
  class Answering {
    @Traced({ expected: NotFound, attributes: { outcome: call.outcome(), told: call.error('message') } })
    @Counted('expected.count', { attributes: { outcome: call.outcome() } })
    @Timed('expected.time')
    one(error: unknown): never {
      throw error;
    }
    @Traced({ expected: [RangeError, NotFound] })
    async list(error: unknown): Promise<never> {
      throw error;
    }
    @Traced({ expected: (error) => error === undefined || (error as Error).message === 'fine' })
    chosen(error: unknown): never {
      throw error;
    }
    @Traced({
      expected: () => {
        throw new Error('cannot tell');
      },
    })
    undecided(error: unknown): never {
      throw error;
    }
  }
  const answering = new Answering();
  const gone = new Gone('gone');
  expect(() => answering.one(gone)).toThrow(gone);
  expect(() => answering.one(new TypeError('bad'))).toThrow(TypeError);
  await expect(answering.list(gone)).rejects.toBe(gone);
  await expect(answering.list(new RangeError('far'))).rejects.toThrow('far');
  await expect(answering.list(new TypeError('bad'))).rejects.toThrow('bad');
  expect(() => answering.chosen(new Error('fine'))).toThrow('fine');
  expect(() => answering.chosen(new Error('bad'))).toThrow('bad');
  expect(() => answering.undecided(new Error('open'))).toThrow('open');
  const bad = { type: 'TypeError', message: 'bad' };
  expect(await recorded.trees()).toEqual([
    span('Answering.one', { attributes: { outcome: 'success', told: 'gone' } }),
    failedSpan('Answering.one', bad, { attributes: { outcome: 'error', told: 'bad' } }),
    span('Answering.list'),
    span('Answering.list'),
    failedSpan('Answering.list', bad),
    span('Answering.chosen'),
    failedSpan('Answering.chosen', { type: 'Error', message: 'bad' }),
    failedSpan('Answering.undecided', { type: 'Error', message: 'open' }),
  ]);
  expect(await recorded.points('expected.count')).toEqual([
    [{ 'error.type': 'TypeError', outcome: 'error' }, 1],
    [{ outcome: 'success' }, 1],
  ]);
  expect(await recorded.points('expected.time')).toEqual([
    [{ 'error.type': 'TypeError' }, 1],
    [{}, 1],
  ]);
  expect(recorded.faults()).toEqual([{ code: 'SPANDREL_OPTION_FAILED', where: 'Answering.undecided', count: 1 }]);
  expect(recorded.warnings()).toEqual([expect.stringContaining('expected')]);
});

test('what is expected may be of any class: not only errors are thrown', async () => {
  class Answer {
    readonly status = 404;
  }
  class Asking {
    @Traced({ expected: [Answer, RangeError] })
    ask(thrown: unknown): void {
      throw thrown;
    }
  }
  for (const thrown of [new Answer(), new RangeError('far'), new TypeError('no')]) {
    expect(() => new Asking().ask(thrown)).toThrow();
  }
  expect((await recorded.trees()).map(({ status }) => status)).toEqual(['unset', 'unset', 'error']);
});
