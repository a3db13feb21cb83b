/**
 * Where nothing will be recorded a call is only run: it gives what it gives without telemetry, to the very promise, and
 * nobody is told of it.
 */
import { Readable } from 'node:stream';
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { type CallFacts, call, Traced, traced } from 'spandrel';
import { recorded, span } from '../support/recorded-telemetry.js';
import { sampledBy, samplersThatLeaveAlone } from '../support/sampled-by.js';

class Refused extends Error {}

/** What a name, links, attributes or a classifier were asked, which they need not be. */
const asked: string[] = [];
const told = <T>(what: string, value: T): T => {
  asked.push(what);
  return value;
};

class Work {
  static runs = 0;
  readonly kept = 7;

  @Traced()
  run<T>(work: () => T): T {
    Work.runs += 1;
    return work();
  }

  @Traced({
    name: ({ args }: CallFacts) => told('name', `give ${String(args[0])}`),
    kind: 'client',
    attributes: { first: call.arg(0), given: ({ result }: CallFacts) => told('attribute', typeof result) },
    links: () => told('links', []),
    expected: (error) => told('expected', error instanceof Refused),
  })
  give(value?: unknown, ..._more: unknown[]): unknown {
    Work.runs += 1;
    return value;
  }

  @Traced({ expected: (error) => told('expected', error === undefined) })
  fail(thrown: unknown): never {
    Work.runs += 1;
    throw thrown;
  }

  @Traced({ parent: 'root' })
  asRoot(value: unknown): unknown {
    Work.runs += 1;
    return value;
  }

  @Traced({ parent: () => context.active() })
  underChosen(value: unknown): unknown {
    Work.runs += 1;
    return value;
  }

  @Traced()
  async later(value: unknown): Promise<unknown> {
    Work.runs += 1;
    await Promise.resolve();
    if (value instanceof Error || value === undefined) throw value;
    return value;
  }

  @Traced()
  *steps(to: number): Generator<number, string, unknown> {
    Work.runs += 1;
    let seen: unknown = 'nothing';
    for (let n = 0; n < to; n += 1) seen = yield n;
    return `done, ${String(seen)}`;
  }

  @Traced()
  async *laterSteps(to: number): AsyncGenerator<number, string> {
    Work.runs += 1;
    for (let n = 0; n < to; n += 1) yield n;
    return 'done';
  }

  @Traced({ callback: 'last' })
  calls(value: unknown, done: (error: unknown, value?: unknown) => void): string {
    Work.runs += 1;
    done(null, value);
    return 'called';
  }

  @Traced()
  get size(): number {
    Work.runs += 1;
    return this.kept;
  }

  @Traced()
  static made(...args: unknown[]): unknown[] {
    Work.runs += 1;
    // biome-ignore lint/complexity/noThisInStatic: it is what is tested
    return [this, ...args];
  }

  @Traced()
  deep(n: number): number {
    return n === 0 ? 0 : 1 + this.deep(n - 1);
  }
}

const times = traced('times', function times(this: { by: number }, n: number): number {
  Work.runs += 1;
  return this.by * n;
});

type Ended = readonly ['gave' | 'threw', unknown];

const ending = (work: () => unknown): Ended => {
  try {
    return ['gave', work()];
  } catch (error) {
    return ['threw', error];
  }
};

const settling = (promise: unknown): Promise<Ended> =>
  (promise as Promise<unknown>).then(
    (value) => ['gave', value],
    (error: unknown) => ['threw', error],
  );

/** Objects that must come back as they are, made once for all times. */
const objects = { plain: {}, list: [1], frozen: Object.freeze({}), error: new Refused('no'), other: new TypeError() };
// biome-ignore lint/suspicious/noThenProperty: a thenable of a library
const thenable = { then: (take: (value: unknown) => void) => take('from a thenable') };

/** Everything that is done to `Work`; what comes of it is the same, woven or not. */
async function all(): Promise<unknown[]> {
  Work.runs = 0;
  const work = new Work();
  const values = [undefined, null, 0, -0, Number.NaN, '', 'text', 1n, objects.plain, objects.list, objects.frozen];
  const came: unknown[] = values.map((value) => ending(() => work.give(value)));
  for (const thrown of [undefined, null, 0, 'text', objects.error, objects.other, objects.plain]) {
    came.push(ending(() => work.fail(thrown)));
  }
  for (const value of [1, objects.error, undefined]) came.push(await settling(work.later(value)));
  came.push(await work.give(thenable), await settling(work.give(Promise.reject(objects.error))));
  came.push(
    [...work.steps(2)],
    ending(() => work.steps(1).throw(objects.error)),
  );
  const steps = work.steps(2);
  came.push(steps.next(), steps.next('a'), steps.next('b'), steps.next());
  for await (const n of work.laterSteps(2)) came.push(n);
  came.push(work.steps(2).return('early'), await work.laterSteps(0).next());
  for await (const chunk of work.give(Readable.from(['a', 'b'])) as Readable) came.push(chunk);
  came.push(await new Response(work.give(new Response('body').body) as ReadableStream).text());
  const done: unknown[] = [];
  came.push(
    work.calls('value', (...given) => void done.push(...given)),
    done,
  );
  came.push(work.size, Work.made(1, 2), times.call({ by: 3 }, 4));
  came.push(
    ending(() => work.asRoot(1)),
    ending(() => work.underChosen(objects.plain)),
  );
  came.push(
    work.run(() => work.run(() => work.give('nested'))),
    work.deep(300),
  );
  came.push(ending(() => work.run(() => work.fail(undefined))));
  return [...came, Work.runs];
}

afterEach(() => recorded.stop());

describe.each(samplersThatLeaveAlone)('OTEL_TRACES_SAMPLER=%s, %s, %s', (sampler, arg, _place, { parent, roots }) => {
  sampledBy(sampler, arg);

  test('everything is as it is without telemetry, and nobody is told', async () => {
    const bare = await all();
    recorded.start();
    const atOnce = await context.with(parent, all);
    const below = await context.with(parent, () => new Work().run(all));
    expect(atOnce).toEqual(bare);
    expect(below).toEqual(bare);
    // One that begins a trace of its own is not below the caller.
    expect(await recorded.trees()).toEqual(new Array(2 * roots).fill(span('Work.asRoot')));
    expect(recorded.faults()).toEqual([]);
    expect(recorded.warnings()).toEqual([]);
    expect(context.active()).toBe(ROOT_CONTEXT);
  });

  test('a recursion ends where the stack does, once a body, and the error is the program’s', () => {
    let entered = 0;
    let left = 0;
    const work = new Work();
    const down = (): unknown => {
      entered += 1;
      try {
        return work.run(down);
      } finally {
        left += 1;
      }
    };
    const giving = (): unknown => ending(() => work.run(giving))[0];
    recorded.start();
    context.with(parent, () => {
      for (let frames = 0; frames < 40; frames += 1) {
        const shifted = (n: number): unknown => (n === 0 ? down() : shifted(n - 1));
        expect(ending(() => shifted(frames))).toEqual(['threw', expect.any(RangeError)]);
        expect(left).toBe(entered);
        expect(giving()).toBe('gave');
      }
    });
    expect(context.active()).toBe(ROOT_CONTEXT);
    expect(trace.getActiveSpan()).toBeUndefined();
    expect(work.give('after')).toBe('after');
  });
});

const followed = samplersThatLeaveAlone.filter(([sampler]) => sampler !== 'traceidratio');

describe.each(followed)('below a span that is not recorded: %s, %s, %s', (sampler, arg, _place, { parent }) => {
  sampledBy(sampler, arg);

  test('the very promise is returned, of whatever kind, and nothing is read', async () => {
    recorded.start();
    const promises = [Promise.resolve(1), Promise.resolve(undefined), (async () => 'async')()];
    const work = new Work();
    asked.length = 0;
    context.with(parent, () => {
      work.run(() => {
        for (const promise of promises) expect(work.give(promise)).toBe(promise);
        expect(work.give(thenable)).toBe(thenable);
        expect(() => work.fail(new Refused())).toThrow(Refused);
        expect(() => work.fail('text')).toThrow();
      });
    });
    expect(asked).toEqual([]);
    expect(await Promise.all(promises)).toEqual([1, undefined, 'async']);
    expect(await recorded.trees()).toEqual([]);
  });
});
