/**
 * Promises that are more than promises: of a subclass, or with a `then` of their own. They come back as themselves, we
 * call nothing on them, and the call ends when the caller's use of them does.
 */
import { trace } from '@opentelemetry/api';
import { Counted, call, InFlight, Traced } from 'spandrel';
import { failedSpan, recorded, span } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

/** As model clients have it: the work waits for `then`, and there is another way to ask for it. */
class Reply<T> extends Promise<T> {
  readonly journal: string[] = [];
  readonly #work: () => Promise<T>;

  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  constructor(work: () => Promise<T>) {
    super((resolve) => resolve(undefined as T));
    this.#work = work;
  }

  #parse(): Promise<T> {
    this.journal.push('work');
    return this.#work();
  }

  async asText(): Promise<string> {
    return String(await this.#parse());
  }

  async withText(): Promise<{ data: T; text: string }> {
    const [data, text] = await Promise.all([this, this.asText()]);
    return { data, text };
  }

  abort(): string {
    return 'aborted';
  }

  again(): Reply<T> {
    return new Reply(this.#work);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    yield await this.then((value) => value);
    yield await this.then((value) => value);
  }

  // biome-ignore lint/suspicious/noThenProperty: it is what this class is about
  override then<A = T, B = never>(
    fulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    rejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#parse().then(fulfilled, rejected);
  }
}

class Client {
  @Traced({ attributes: { answer: call.result() } })
  @Counted('client.asked')
  @InFlight('client.asking')
  ask<T>(work: () => Promise<T>): Reply<T> {
    return new Reply(work);
  }

  @Traced()
  @Counted('client.given')
  give(value: unknown): unknown {
    return value;
  }
}

const one = async (): Promise<number> => 1;
const no = async (): Promise<never> => {
  throw new RangeError('no');
};
const answered = (answer: unknown) => span('Client.ask', { attributes: { answer: answer as string } });

test('nothing is called on it, and it ends with the caller’s await', async () => {
  const reply = new Client().ask(one);
  expect(Object.getPrototypeOf(reply)).toBe(Reply.prototype);
  expect(Object.keys(reply)).toEqual(['journal']);
  expect(reply.then.length).toBe(2);
  await new Promise(setImmediate);
  expect(reply.journal).toEqual([]);
  expect(await recorded.trees()).toEqual([]);
  expect(await recorded.points('client.asking')).toEqual([[{}, 1]]);
  expect(await reply).toBe(1);
  expect(reply.journal).toEqual(['work']);
  expect(await recorded.trees()).toEqual([answered(1)]);
  expect(await recorded.points('client.asking')).toEqual([[{}, 0]]);
  expect(await recorded.points('client.asked')).toEqual([[{}, 1]]);
});

test.each([
  ['then', (reply: Reply<number>) => reply.then((value) => value + 1), 2, 1],
  ['then without handlers', (reply: Reply<number>) => reply.then(), 1, 1],
  ['finally', (reply: Reply<number>) => reply.finally(() => undefined), 1, 1],
  ['catch', (reply: Reply<number>) => reply.catch(() => 3), 1, 1],
  ['a method of its own', (reply: Reply<number>) => reply.asText(), '1', '1'],
  ['another promise of its kind', (reply: Reply<number>) => reply.again(), 1, 1],
  ['Promise.all', (reply: Reply<number>) => Promise.all([reply, reply]).then(([a, b]) => a + b), 2, 1],
  ['an async function that gives it on', async (reply: Reply<number>) => reply, 1, 1],
])('a use by %s ends the call', async (_, use, expected, answer) => {
  expect(await use(new Client().ask(one))).toEqual(expected);
  expect(await recorded.trees()).toEqual([answered(answer)]);
  expect(await recorded.points('client.asked')).toEqual([[{}, 1]]);
});

test('with several uses under way the last one ends it, once', async () => {
  const reply = new Client().ask(one);
  expect(await reply.withText()).toEqual({ data: 1, text: '1' });
  expect(await reply).toBe(1);
  expect(reply.journal).toEqual(['work', 'work', 'work']);
  expect((await recorded.trees()).map(({ name }) => name)).toEqual(['Client.ask']);
  expect(await recorded.points('client.asked')).toEqual([[{}, 1]]);
});

test('what answers at once is no use of it', async () => {
  const reply = new Client().ask(one);
  expect(reply.abort()).toBe('aborted');
  expect(await recorded.trees()).toEqual([]);
  expect(await reply).toBe(1);
  expect(await recorded.trees()).toEqual([answered(1)]);
});

test('an iteration over it is a use until it ends', async () => {
  const seen: number[] = [];
  for await (const value of new Client().ask(one)) {
    seen.push(value);
    expect(await recorded.trees()).toEqual([]);
  }
  expect(seen).toEqual([1, 1]);
  expect((await recorded.trees()).map(({ name, status }) => [name, status])).toEqual([['Client.ask', 'unset']]);
});

test('a rejection is the caller’s, and the call has failed', async () => {
  const error = await new Client().ask(no).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toEqual(new RangeError('no'));
  await expect(new Client().ask(no).asText()).rejects.toThrow('no');
  await expect(new Client().ask(no)).rejects.toThrow('no');
  const failed = failedSpan('Client.ask', { type: 'RangeError', message: 'no' });
  expect(await recorded.trees()).toEqual([failed, failed, failed]);
  expect(await recorded.points('client.asked')).toEqual([[{ 'error.type': 'RangeError' }, 3]]);
});

test('work that waited for the caller is inside the call, the caller is not', async () => {
  const inside: unknown[] = [];
  const active = () => trace.getActiveSpan()?.spanContext().spanId;
  const reply = new Client().ask(async () => inside.push(active()));
  await reply.then(() => inside.push(active()));
  await new Client().ask(async () => 1);
  expect(active()).toBeUndefined();
  const [first] = await recorded.spans();
  expect(inside).toEqual([first?.spanContext().spanId, undefined]);
});

test('a plain promise with a then of its own, and one of another kind, are watched too', async () => {
  const asked: string[] = [];
  const own = Object.assign(Promise.resolve(1), {
    // biome-ignore lint/suspicious/noThenProperty: it is what this test is about
    then(fulfilled: (value: number) => unknown) {
      asked.push('then');
      return Promise.prototype.then.call(this, fulfilled as never);
    },
  });
  class Other<T> extends Promise<T> {}
  const other = Other.resolve(2);
  const made = Object.defineProperty(Promise.resolve(3), 'constructor', { value: { [Symbol.species]: Promise } });
  const given = [own, other, made];
  const client = new Client();
  for (const value of given) expect(client.give(value)).toBe(value);
  await new Promise(setImmediate);
  expect([asked, await recorded.trees()]).toEqual([[], []]);
  // The language awaits one whose constructor is `Promise` without asking its `then`.
  expect([await new Promise((resolve) => own.then(resolve)), await other, await made]).toEqual([1, 2, 3]);
  expect(asked).toEqual(['then']);
  expect(other.then(String)).toBeInstanceOf(Other);
  expect(await recorded.trees()).toEqual(given.map(() => span('Client.give')));
});

test('one that lets nobody watch ends as it is returned', async () => {
  const frozen = Object.freeze(new Reply(one));
  expect(new Client().give(frozen)).toBe(frozen);
  expect(await recorded.trees()).toEqual([span('Client.give')]);
  expect(await frozen).toBe(1);
});

test('given again and again it is watched by a bounded number of calls', async () => {
  const reply = new Reply(one);
  const client = new Client();
  for (let i = 0; i < 100; i += 1) client.give(reply);
  expect(await reply).toBe(1);
  expect(await recorded.points('client.given')).toEqual([[{}, 100]]);
  expect(reply.journal).toEqual(['work']);
});

test('after shutdown it is what it was', async () => {
  const reply = new Client().ask(one);
  await recorded.stop();
  expect(await reply).toBe(1);
  expect(await reply.withText()).toEqual({ data: 1, text: '1' });
});
