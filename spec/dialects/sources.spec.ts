/**
 * Where attributes come from: arguments, result, `this`, error, outcome, functions and literals; as the values were when
 * they were read.
 */
import { type CallFacts, Counted, call, Timed, Traced } from 'spandrel';
import { failedSpan, recorded, span } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

interface Order {
  id: number;
  lines: { sku: string; count: number }[];
}

class Sources {
  readonly shop = { city: 'Ulm', open: true };

  @Traced({
    attributes: {
      whole: call.arg(0),
      id: call.arg(0, 'id'),
      sku: call.arg(0, 'lines[1].sku'),
      length: call.arg(1, 'length'),
      nowhere: call.arg(0, 'lines[7].sku'),
      deeper: call.arg(0, 'id.no.such.thing'),
      missing: call.arg(5),
      result: call.result(),
      first: call.result('[0]'),
      city: call.self('shop.city'),
      open: call.self('shop.open').map((open) => (open === true ? 'yes' : 'no')),
      error: call.error(),
      outcome: call.outcome(),
      counted: call.arg(0, 'lines').map((lines: Order['lines']) => lines.reduce((sum, { count }) => sum + count, 0)),
      twice: call
        .arg(1)
        .map((word: string) => word.length)
        .map((length) => length * 2),
      unmapped: call.arg(9).map(() => 'never'),
      facts: ({ args, self, result, error, durationMs }: CallFacts) =>
        [
          args.length,
          self instanceof Sources,
          Array.isArray(result),
          error === undefined,
          Number(durationMs) >= 0,
        ].join(),
      text: 'fixed',
      number: 0,
      flag: false,
      list: ['a', 'b'],
      gaps: [1, null, 3],
    },
  })
  order(order: Order, word: string): string[] {
    return [String(order.id), word];
  }

  @Traced({
    attributes: {
      code: call.error('code'),
      error: call.error(),
      outcome: call.outcome(),
      result: call.result(),
      argument: call.arg(0),
      facts: ({ error, result }: CallFacts) => `${(error as Error).message} ${String(result)}`,
    },
  })
  refuse(_reason: string): never {
    throw Object.assign(new TypeError('refused'), { code: 17 });
  }
}

const order: Order = {
  id: 7,
  lines: [
    { sku: 'x', count: 2 },
    { sku: 'y', count: 3 },
  ],
};

test('every origin of a successful call', async () => {
  expect(new Sources().order(order, 'four')).toEqual(['7', 'four']);
  expect(await recorded.trees()).toEqual([
    span('Sources.order', {
      attributes: {
        whole: '{"id":7,"lines":[{"sku":"x","count":2},{"sku":"y","count":3}]}',
        id: 7,
        sku: 'y',
        length: 4,
        result: ['7', 'four'],
        first: '7',
        city: 'Ulm',
        open: 'yes',
        outcome: 'success',
        counted: 5,
        twice: 8,
        facts: '2,true,true,true,true',
        text: 'fixed',
        number: 0,
        flag: false,
        list: ['a', 'b'],
        gaps: [1, null, 3],
      },
    }),
  ]);
});

test('every origin of a failed call', async () => {
  expect(() => new Sources().refuse('why not')).toThrow('refused');
  expect(await recorded.trees()).toEqual([
    failedSpan(
      'Sources.refuse',
      { type: 'TypeError', message: 'refused' },
      {
        attributes: {
          code: 17,
          error: 'TypeError: refused',
          outcome: 'error',
          argument: 'why not',
          facts: 'refused undefined',
        },
      },
    ),
  ]);
});

test('arguments and this are told as they were on entry, on spans and metrics alike', async () => {
  const attributes = { state: call.arg(0, 'state'), all: call.arg(0), step: call.self('step'), word: call.arg(1) };
  class Mutating {
    step = 1;
    @Traced({ attributes })
    @Counted('sources.mutating', { attributes, amount: call.arg(0, 'amount') })
    @Timed('sources.mutating.duration', { attributes })
    run(given: { state: string; amount: number }, word: string): string {
      given.state = 'after';
      given.amount = 100;
      this.step = 2;
      word = 'reassigned';
      // biome-ignore lint/complexity/noArguments: what the caller gave is not changed through it either
      arguments[1] = 'replaced';
      return word;
    }
  }
  const given = { state: 'before', amount: 3 };
  expect(new Mutating().run(given, 'word')).toBe('reassigned');
  expect(given).toEqual({ state: 'after', amount: 100 });
  const expected = { state: 'before', all: '{"state":"before","amount":3}', step: 1, word: 'word' };
  expect(await recorded.trees()).toEqual([span('Mutating.run', { attributes: expected })]);
  expect(await recorded.points('sources.mutating')).toEqual([[expected, 3]]);
  expect(await recorded.points('sources.mutating.duration')).toEqual([[expected, 1]]);
});

test('the result and functions of the call are read when a promise has settled', async () => {
  class Later {
    @Traced({
      attributes: {
        result: call.result('rows'),
        seen: ({ result }: CallFacts) => (result as { rows: number }).rows + 1,
        entry: call.arg(0, 'length'),
      },
    })
    async load(rows: number[]): Promise<{ rows: number }> {
      await Promise.resolve();
      rows.push(1, 2, 3);
      return { rows: rows.length };
    }
  }
  await new Later().load([0]);
  expect(await recorded.trees()).toEqual([span('Later.load', { attributes: { result: 4, seen: 5, entry: 1 } })]);
});
