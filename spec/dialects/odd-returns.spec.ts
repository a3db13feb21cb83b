/**
 * What only an unusual class would do, and a woven method must leave as it is: promises whose members mean something else
 * than they seem to, streams with an `on` of their own, stores that look observable, objects that a method gives again.
 */
import { PassThrough, Readable } from 'node:stream';
import { Counted, InFlight, Traced } from 'spandrel';
import { collectGarbage } from '../support/collect-garbage.js';
import { failedSpan, recorded, span } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

class Odd {
  @Traced()
  @Counted('odd.given')
  @InFlight('odd.open')
  give<T>(value: T): T {
    return value;
  }

  @Traced({ callback: 'last' })
  ask(done: (...answer: unknown[]) => unknown): unknown {
    return done;
  }
}

const odd = new Odd();
const given = span('Odd.give');
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('names mean what they mean nearest: an accessor, or no function, hides a method', async () => {
  class Base<T> extends Promise<T> {
    json(): unknown {
      return 'base';
    }
    text(): unknown {
      return 'base';
    }
  }
  class Sub<T> extends Base<T> {}
  Object.defineProperty(Sub.prototype, 'json', { get: () => () => 'sub' });
  Object.defineProperty(Sub.prototype, 'text', { value: undefined });
  const sub = odd.give(Sub.resolve(1) as Sub<number>);
  expect([sub.json(), typeof sub.text, await sub]).toEqual(['sub', 'undefined', 1]);
  class Lazy<T> extends Promise<T> {}
  Object.defineProperty(Lazy.prototype, 'then', { get: () => (done: (value: string) => void) => done('read') });
  expect(await odd.give(Lazy.resolve(1))).toBe('read');
});

test('what a maker puts on the one promise stays as it is', () => {
  class Own<T> extends Promise<T> {}
  class Model {}
  const f = Object.assign(() => 1, { extra: 2 });
  const promise = Object.assign(Own.resolve(1), { Model, f });
  const woven = odd.give(promise);
  expect([woven.Model, woven.f, Object.keys(woven)]).toEqual([Model, f, ['Model', 'f']]);
  expect(new woven.Model()).toBeInstanceOf(Model);
});

test('a then of its own gets the handlers it was given, and they get what it gives', async () => {
  const seen: unknown[] = [];
  class Multi extends Promise<number> {
    // biome-ignore lint/suspicious/noThenProperty: it is what this test is about
    override then(...handlers: unknown[]): never {
      seen.push(handlers.length);
      const [done] = handlers as [((this: unknown, ...values: unknown[]) => void) | undefined];
      done?.call('me', 1, 'extra');
      return Promise.resolve('then') as never;
    }
  }
  const multi = odd.give(new Multi(() => {}));
  expect(
    await multi.then(function (this: unknown, ...values: unknown[]) {
      seen.push(this, values);
    } as never),
  ).toBe('then');
  expect(await (multi.then as () => Promise<unknown>)()).toBe('then');
  expect(seen).toEqual([1, 'me', [1, 'extra'], 0]);
  expect(await recorded.trees()).toEqual([given]);
});

test.each(['catch', 'finally'])('a class with a %s of its own fails where its promise does', async (name) => {
  class Caught<T> extends Promise<T> {
    override catch<R = never>(handler?: ((reason: unknown) => R | PromiseLike<R>) | null): Promise<T | R> {
      return super.catch(handler);
    }
    override finally(handler?: (() => void) | null): Promise<T> {
      return super.finally(handler);
    }
  }
  const rejected = odd.give(Caught.reject(new RangeError('no')));
  const handled = name === 'catch' ? rejected.catch(() => 5) : rejected.finally(() => undefined).catch(() => 5);
  expect(await handled).toBe(5);
  expect(await odd.give(Caught.resolve(1)).catch(() => 5)).toBe(1);
  expect(await recorded.trees()).toEqual([failedSpan('Odd.give', { type: 'RangeError', message: 'no' }), given]);
});

test('a method that gives the same promise each time gives the same each time', async () => {
  class Cached<T> extends Promise<T> {
    readonly #ready = Promise.resolve('ready');
    ready(): Promise<string> {
      return this.#ready;
    }
  }
  const cached = odd.give(new Cached((resolve) => resolve(1)));
  expect(cached.ready()).toBe(cached.ready());
  expect(await cached.ready()).toBe('ready');
  expect(await recorded.trees()).toEqual([given]);
  for (let i = 0; i < 20; i += 1) expect(await odd.give(cached)).toBe(1);
  odd.give(cached);
  expect(await recorded.points('odd.open')).toEqual([[{}, 1]]);
});

test('nothing of ours stays on a promise whose call is over', async () => {
  class Sub<T> extends Promise<T> {
    more(): number {
      return 1;
    }
  }
  const promise = odd.give(Sub.resolve(1));
  expect(Object.getOwnPropertyNames(promise).sort()).toEqual(['more', 'then']);
  await promise;
  expect(Object.getOwnPropertyNames(promise)).toEqual([]);
});

test('a stream that is watched by a class of its own: on, off and what they give', async () => {
  const calls: unknown[] = [];
  class Loud extends PassThrough {
    @Traced()
    override on(event: string | symbol, listener: (...args: never[]) => void): this {
      calls.push(event);
      return super.on(event, listener as () => void);
    }
    override off(event: string | symbol, listener: (...args: never[]) => void): this {
      super.off(event, listener as () => void);
      return undefined as never;
    }
  }
  const loud = odd.give(new Loud());
  expect(calls).toEqual(['prefinish']);
  const ended = new Promise((resolve) => loud.on('end', () => resolve('heard')));
  loud.resume().end();
  expect(await ended).toBe('heard');
  await settled();
  expect(calls).toEqual(['prefinish', 'end']);
  expect(new Set((await recorded.trees()).map(({ name }) => name))).toEqual(new Set(['Loud.on', 'Odd.give']));
});

test('one stream that is given again has one set of listeners; a fluent method gives a value', async () => {
  class Fluent extends PassThrough {
    @Traced()
    label(): this {
      return this;
    }
  }
  const fluent = new Fluent();
  for (let i = 0; i < 40; i += 1) odd.give(fluent.label());
  expect(fluent.listenerCount('end') - new PassThrough().listenerCount('end')).toBe(1);
  expect(await recorded.points('odd.open')).toEqual([[{}, 16]]);
  fluent.resume().end();
  await settled();
  await settled();
  expect(await recorded.points('odd.open')).toEqual([[{}, 0]]);
  expect(await recorded.points('odd.given')).toEqual([[{}, 40]]);
});

test('a web stream that fails with nothing has failed', async () => {
  const stream = odd.give(new ReadableStream({ pull: (controller) => controller.error(undefined) }));
  const reason = await stream
    .getReader()
    .read()
    .then(
      () => 'read',
      (error: unknown) => [error],
    );
  expect(reason).toEqual([undefined]);
  expect((await recorded.trees()).map(({ status }) => status)).toEqual(['error']);
});

test('a store that says it is observable is subscribed to as it is', async () => {
  class Store {
    readonly listeners = new Set<(value: unknown) => void>();
    readonly name: string;
    constructor(name: string) {
      this.name = name;
    }
    subscribe(listener: (value: unknown) => void): () => void {
      this.listeners.add(listener);
      return () => this.listeners.delete(listener);
    }
    ['@@observable'](): this {
      return this;
    }
  }
  const store = new Store('mine');
  const seen: unknown[] = [];
  const unsubscribe = odd.give(store).subscribe((value) => seen.push(value));
  for (const listener of store.listeners) listener('x');
  expect([seen, store.listeners.size, await recorded.trees()]).toEqual([['x'], 1, []]);
  unsubscribe();
  expect([store.listeners.size, await recorded.trees()]).toEqual([0, [given]]);
});

test('a callback that can’t be looked into is passed and called', async () => {
  const traps: string[] = [];
  const spied = new Proxy(() => 'called', {
    ownKeys: (target) => {
      traps.push('ownKeys');
      return Reflect.ownKeys(target);
    },
    getPrototypeOf: (target) => {
      traps.push('getPrototypeOf');
      return Reflect.getPrototypeOf(target);
    },
  });
  expect((odd.ask(spied) as () => string)()).toBe('called');
  const { proxy, revoke } = Proxy.revocable(() => 1, {});
  revoke();
  expect(typeof odd.ask(proxy)).toBe('function');
  class Built {}
  const build = odd.ask(new Proxy(Built, {}) as never) as typeof Built;
  expect(new build()).toBeInstanceOf(Built);
  expect(traps).toEqual([]);
  expect(await recorded.trees()).toEqual([span('Odd.ask')]);
});

test('an owner that is dropped with the stream it keeps is collected, and the call ended', async () => {
  class Owner {
    kept: unknown;
    @Traced()
    open(): Readable {
      const stream = Readable.from([1]);
      this.kept = stream;
      return stream;
    }
    @Traced({ callback: 'last' })
    queue(done: () => void): void {
      this.kept = done;
    }
  }
  for (let i = 0; i < 10; i += 1) {
    new Owner().open();
    new Owner().queue(() => {});
  }
  const ended = (): string[] => recorded.faults().map(({ where }) => where);
  for (let i = 0; i < 20 && ended().length < 2; i += 1) await collectGarbage();
  expect(ended()).toEqual(['Owner.open', 'Owner.queue']);
  const marked = { attributes: { 'spandrel.abandoned': true } };
  for (const tree of await recorded.trees()) expect(tree).toEqual(span(tree.name, marked));
});
