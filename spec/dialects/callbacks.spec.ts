/**
 * Methods in Node's callback style: `callback` says which argument ends the call.
 */
import { promisify } from 'node:util';
import { trace } from '@opentelemetry/api';
import { Counted, call, InFlight, Traced, traced } from 'spandrel';
import { failedSpan, recorded, span } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

type Done = (this: unknown, error: unknown, result?: unknown) => unknown;

class Store {
  readonly label = 'store';

  @Traced({ callback: 'last', attributes: { key: call.arg(0), found: call.result() } })
  @Counted('store.read')
  @InFlight('store.reading')
  read(key: string, done?: Done): unknown {
    if (key === 'throws') throw new TypeError('thrown');
    const answer = (): unknown =>
      key === 'missing' ? done?.call(this, new RangeError('missing')) : done?.call(this, null, `<${key}>`);
    if (key === 'now') return answer();
    setImmediate(answer);
    return this.label;
  }

  @Traced({ callback: 1 })
  twice(_key: string, done: Done, ...more: unknown[]): number {
    done(null, 1);
    done(new Error('again'), 2);
    return more.length;
  }

  @Traced({ callback: 0 })
  first(done: Done, _never: () => void): void {
    done(null);
  }

  @Traced({ callback: 'last' })
  handed(...args: unknown[]): unknown {
    return args;
  }

  @Traced({ callback: 'last' })
  promised(promise: Promise<number>, done: Done): Promise<number> {
    done(null);
    return promise;
  }

  @Traced({ callback: 'last' })
  late(_done: Done): Promise<void> {
    return Promise.reject(new RangeError('late'));
  }
}

const active = () => trace.getActiveSpan()?.spanContext().spanId;
const asked = (key: string) => span('Store.read', { attributes: { key, found: `<${key}>` } });

test('the call ends when its callback is called, and the callback is outside of it', async () => {
  const store = new Store();
  const seen: unknown[] = [];
  await new Promise<void>((resolve) => {
    const returned = store.read('a', function (this: unknown, ...args: unknown[]) {
      seen.push(this === store, args, active());
      resolve();
    });
    expect(returned).toBe('store');
  });
  expect(seen).toEqual([true, [null, '<a>'], undefined]);
  expect(await recorded.trees()).toEqual([asked('a')]);
  expect(await recorded.points('store.read')).toEqual([[{}, 1]]);
});

test('it is in flight until then', async () => {
  let done: Done = () => {};
  const kept = traced({ name: 'keep', callback: 'last' }, (given: Done): void => {
    done = given;
  });
  kept(() => 'answered');
  expect(await recorded.trees()).toEqual([]);
  expect(done.call(undefined, null)).toBe('answered');
  expect(await recorded.trees()).toEqual([span('keep')]);
  const answered = new Promise<void>((resolve) => {
    new Store().read('a', () => resolve());
  });
  expect(await recorded.points('store.reading')).toEqual([[{}, 1]]);
  await answered;
  expect(await recorded.points('store.reading')).toEqual([[{}, 0]]);
});

test('a callback may be called at once; what it gives and throws is as it was', async () => {
  const store = new Store();
  expect(store.read('now', (_error, found) => `got ${String(found)}`)).toBe('got <now>');
  const thrown = new Error('of the callback');
  expect(() =>
    store.read('now', () => {
      throw thrown;
    }),
  ).toThrow(thrown);
  expect(await recorded.trees()).toEqual([asked('now'), asked('now')]);
});

test('an error in the first place is a failure; one thrown before the callback is, too', async () => {
  const store = new Store();
  await expect(promisify(store.read.bind(store))('missing')).rejects.toThrow('missing');
  expect(() => store.read('throws', () => {})).toThrow('thrown');
  await expect(store.late(() => {})).rejects.toThrow('late');
  expect(await recorded.trees()).toEqual([
    failedSpan('Store.read', { type: 'RangeError', message: 'missing' }, { attributes: { key: 'missing' } }),
    failedSpan('Store.read', { type: 'TypeError', message: 'thrown' }, { attributes: { key: 'throws' } }),
    failedSpan('Store.late', { type: 'RangeError', message: 'late' }),
  ]);
});

test('the first call of the callback counts, the others pass', async () => {
  const seen: unknown[] = [];
  expect(new Store().twice('a', (...args) => seen.push(args), 'more')).toBe(1);
  expect(seen).toHaveLength(2);
  expect(await recorded.trees()).toEqual([span('Store.twice')]);
});

test('the method gets a function that looks like the callback', () => {
  const done = Object.assign(function finish(_error: unknown, _result: unknown): void {}, { once: true });
  const [first, given] = new Store().handed(1, done) as [unknown, typeof done];
  expect([first, given.name, given.length, given.once]).toEqual([1, 'finish', 2, true]);
  expect(Object.getOwnPropertyNames(given).sort()).toEqual(Object.getOwnPropertyNames(done).sort());
});

test('without a function there the call ends as it returns', async () => {
  expect(new Store().handed()).toEqual([]);
  expect(new Store().handed(1, 2)).toEqual([1, 2]);
  expect(await recorded.trees()).toEqual([span('Store.handed'), span('Store.handed')]);
});

test('a plain function in callback style', async () => {
  const read = traced({ name: 'read', callback: 'last' }, function read(key: string, done: Done): void {
    setImmediate(() => done(null, key));
  });
  expect(await promisify(read)('a')).toBe('a');
  expect(await recorded.trees()).toEqual([span('read')]);
});

test('the one that is named ends the call, whatever other functions there are', async () => {
  new Store().first(
    () => undefined,
    () => undefined,
  );
  expect(await recorded.trees()).toEqual([span('Store.first')]);
});

test('a promise of a class of its own is left alone: the callback ends the call', async () => {
  class Own extends Promise<number> {
    static override get [Symbol.species](): PromiseConstructor {
      return Promise;
    }
  }
  const own = new Own((resolve) => resolve(1));
  expect(new Store().promised(own, () => undefined)).toBe(own);
  expect(await recorded.trees()).toEqual([span('Store.promised')]);
});
