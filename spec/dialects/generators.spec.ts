/**
 * A generator's span covers its iteration: from the first step to its end, whichever way it ends. Each step runs inside
 * the span, the caller between two steps is outside.
 */
import { context, trace } from '@opentelemetry/api';
import { type CallFacts, Counted, call, Traced } from 'spandrel';
import { failedSpan, recorded, span } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

const activeId = (): string | undefined => trace.getActiveSpan()?.spanContext().spanId;

class Steps {
  readonly log: unknown[] = [];

  @Traced({
    attributes: { first: call.arg(0), result: call.result(), facts: ({ result }: CallFacts) => `${String(result)}!` },
  })
  @Counted('generators.count')
  *count(to: number): Generator<number, string, unknown> {
    try {
      for (let n = 1; n <= to; n += 1) this.log.push(yield n);
      return 'done';
    } finally {
      this.log.push('cleaned');
    }
  }

  @Traced()
  @Counted('generators.async.count')
  async *later(to: number): AsyncGenerator<number, string, unknown> {
    try {
      for (let n = 1; n <= to; n += 1) {
        await Promise.resolve();
        this.log.push(yield n);
      }
      return 'done';
    } finally {
      this.log.push('cleaned');
    }
  }

  @Traced()
  *failing(): Generator<number> {
    yield 1;
    throw new RangeError('broken');
  }

  @Traced()
  async *failingLater(): AsyncGenerator<number> {
    yield 1;
    throw new RangeError('broken');
  }

  @Traced()
  *refusing(
    _value = ((): number => {
      throw new TypeError('no default');
    })(),
  ): Generator<number> {
    yield 1;
  }

  @Traced()
  *endless(): Generator<number> {
    for (let n = 0; ; n += 1) yield n;
  }

  @Traced()
  *delegating(): Generator<number, string, unknown> {
    const inner = yield* this.count(2);
    return `${inner} twice`;
  }

  @Traced()
  giving(to: number): Generator<number, string, unknown> {
    this.log.push('called');
    const { log } = this;
    return (function* () {
      log.push(activeId());
      for (let n = 1; n <= to; n += 1) yield n;
      return 'given';
    })();
  }

  @Traced()
  step(): string | undefined {
    return activeId();
  }
}

test('iterated to its end', async () => {
  const steps = new Steps();
  expect([...steps.count(3)]).toEqual([1, 2, 3]);
  expect(steps.log).toEqual([undefined, undefined, undefined, 'cleaned']);
  expect(await recorded.trees()).toEqual([
    span('Steps.count', { attributes: { first: 3, result: 'done', facts: 'done!' } }),
  ]);
  expect(await recorded.points('generators.count')).toEqual([[{}, 1]]);
});

test('next with a value, and what comes after the end', async () => {
  const steps = new Steps();
  const iteration = steps.count(2);
  expect(iteration.next('ignored')).toEqual({ done: false, value: 1 });
  expect(iteration.next('a')).toEqual({ done: false, value: 2 });
  expect(await recorded.trees()).toEqual([]);
  expect(iteration.next('b')).toEqual({ done: true, value: 'done' });
  expect(iteration.next('c')).toEqual({ done: true, value: undefined });
  expect(iteration.return('late')).toEqual({ done: true, value: 'late' });
  expect(() => iteration.throw(new Error('late'))).toThrow('late');
  expect(steps.log).toEqual(['a', 'b', 'cleaned']);
  expect(await recorded.trees()).toEqual([
    span('Steps.count', { attributes: { first: 2, result: 'done', facts: 'done!' } }),
  ]);
  expect(await recorded.points('generators.count')).toEqual([[{}, 1]]);
});

test('left early: return, break and a thrown error', async () => {
  const steps = new Steps();
  const returned = steps.count(5);
  returned.next();
  expect(returned.return('early')).toEqual({ done: true, value: 'early' });
  for (const n of steps.count(5)) if (n === 2) break;
  const thrown = steps.count(5);
  thrown.next();
  expect(() => thrown.throw(new RangeError('thrown in'))).toThrow('thrown in');
  expect(steps.log).toEqual(['cleaned', undefined, 'cleaned', 'cleaned']);
  const first = { first: 5 };
  expect(await recorded.trees()).toEqual([
    span('Steps.count', { attributes: { ...first, result: 'early', facts: 'early!' } }),
    span('Steps.count', { attributes: { ...first, facts: 'undefined!' } }),
    failedSpan(
      'Steps.count',
      { type: 'RangeError', message: 'thrown in' },
      { attributes: { ...first, facts: 'undefined!' } },
    ),
  ]);
});

test('never begun: no span, also when it is closed before its first step', async () => {
  const steps = new Steps();
  steps.count(1);
  steps.later(1);
  const closed = steps.count(1);
  expect(closed.return('closed')).toEqual({ done: true, value: 'closed' });
  expect(closed.next()).toEqual({ done: true, value: undefined });
  expect(() => steps.count(1).throw(new Error('at once'))).toThrow('at once');
  expect(await steps.later(1).return('closed')).toEqual({ done: true, value: 'closed' });
  // biome-ignore lint/correctness/noEmptyPattern: it closes an iteration that it never began
  const [] = steps.count(1);
  expect(steps.log).toEqual([]);
  expect(await recorded.trees()).toEqual([]);
  expect(await recorded.points('generators.count')).toEqual([]);
});

test('a body that throws fails its span; a parameter default that throws, too', async () => {
  const steps = new Steps();
  expect(() => [...steps.failing()]).toThrow('broken');
  expect(() => steps.refusing()).toThrow('no default');
  const later = steps.failingLater();
  await later.next();
  await expect(later.next()).rejects.toThrow('broken');
  const broken = { type: 'RangeError', message: 'broken' };
  expect(await recorded.trees()).toEqual([
    failedSpan('Steps.failing', broken),
    failedSpan('Steps.refusing', { type: 'TypeError', message: 'no default' }),
    failedSpan('Steps.failingLater', broken),
  ]);
});

test('async: iterated, left early, thrown into', async () => {
  const steps = new Steps();
  const seen: number[] = [];
  for await (const n of steps.later(2)) seen.push(n);
  for await (const n of steps.later(5)) if (n === 2) break;
  const thrown = steps.later(5);
  await thrown.next();
  await expect(thrown.throw(new RangeError('thrown in'))).rejects.toThrow('thrown in');
  expect(await thrown.next()).toEqual({ done: true, value: undefined });
  expect(seen).toEqual([1, 2]);
  expect(steps.log).toEqual([undefined, undefined, 'cleaned', undefined, 'cleaned', 'cleaned']);
  expect(await recorded.trees()).toEqual([
    span('Steps.later'),
    span('Steps.later'),
    failedSpan('Steps.later', { type: 'RangeError', message: 'thrown in' }),
  ]);
  expect(await recorded.points('generators.async.count')).toEqual([
    [{ 'error.type': 'RangeError' }, 1],
    [{}, 2],
  ]);
});

test('async: steps asked for all at once are answered in their order', async () => {
  const steps = new Steps();
  const iteration = steps.later(2);
  const results = await Promise.all([
    iteration.next('ignored'),
    iteration.next('a'),
    iteration.next('b'),
    iteration.next('c'),
  ]);
  expect(results).toEqual([
    { done: false, value: 1 },
    { done: false, value: 2 },
    { done: true, value: 'done' },
    { done: true, value: undefined },
  ]);
  expect(steps.log).toEqual(['a', 'b', 'cleaned']);
  expect(await recorded.trees()).toEqual([span('Steps.later')]);
});

test('an endless one is fine, and one that is dropped leaves nothing', async () => {
  const steps = new Steps();
  const dropped = steps.endless();
  dropped.next();
  let sum = 0;
  for (const n of steps.endless()) {
    sum += n;
    if (n === 1000) break;
  }
  expect(sum).toBe(500_500);
  expect(await recorded.trees()).toEqual([span('Steps.endless')]);
});

test('the steps are inside the span, the caller between them is not', async () => {
  const ids: [string, string | undefined][] = [];
  const note = (where: string): void => void ids.push([where, activeId()]);
  class Inside {
    @Traced('outer')
    outer(): void {
      note('outer');
      for (const n of this.steps()) note(`outer ${n}`);
      note('outer');
    }
    @Traced('steps')
    *steps(): Generator<number> {
      note('steps');
      yield 1;
      note('steps');
      yield 2;
      note('steps');
    }
    @Traced('outer later')
    async outerLater(): Promise<void> {
      for await (const n of this.later()) note(`outer later ${n}`);
    }
    @Traced('later')
    async *later(): AsyncGenerator<number> {
      note('later');
      await Promise.resolve();
      note('later');
      yield 1;
      await new Promise((resolve) => setTimeout(resolve, 1));
      note('later');
    }
  }
  const inside = new Inside();
  inside.outer();
  await inside.outerLater();
  const idOf = new Map((await recorded.spans()).map((one) => [one.name, one.spanContext().spanId]));
  expect(ids).toEqual(ids.map(([where]) => [where, idOf.get(where.replace(/ \d$/, ''))]));
  expect(ids.map(([where]) => where)).toEqual([
    ...['outer', 'steps', 'outer 1', 'steps', 'outer 2', 'steps', 'outer'],
    ...['later', 'later', 'outer later 1', 'later'],
  ]);
  expect(await recorded.trees()).toEqual([
    span('outer', { at: 'Inside.outer' }, span('steps', { at: 'Inside.steps' })),
    span('outer later', { at: 'Inside.outerLater' }, span('later', { at: 'Inside.later' })),
  ]);
});

test('its parent is where it was made, wherever it is iterated', async () => {
  class Maker {
    @Traced('made')
    make(): Generator<number> {
      return this.steps();
    }
    @Traced('used')
    use(iteration: Generator<number>): number[] {
      return [...iteration];
    }
    @Traced('steps')
    *steps(): Generator<number> {
      yield 1;
      new Steps().step();
    }
    plain(): Generator<number> {
      return this.steps();
    }
  }
  const maker = new Maker();
  expect(maker.use(maker.plain())).toEqual([1]);
  const steps = span('steps', { at: 'Maker.steps' }, span('Steps.step'));
  expect([...maker.make()]).toEqual([1]);
  expect(await recorded.trees()).toEqual([
    span('used', { at: 'Maker.use' }),
    steps,
    span('made', { at: 'Maker.make' }, steps),
  ]);
});

test('yield* is one span in the other', async () => {
  const steps = new Steps();
  const iteration = steps.delegating();
  expect([iteration.next(), iteration.next('a'), iteration.next('b')]).toEqual([
    { done: false, value: 1 },
    { done: false, value: 2 },
    { done: true, value: 'done twice' },
  ]);
  expect(steps.log).toEqual(['a', 'b', 'cleaned']);
  expect(await recorded.trees()).toEqual([
    span('Steps.delegating', {}, span('Steps.count', { attributes: { first: 2, result: 'done', facts: 'done!' } })),
  ]);
});

test('yield* over an iterator of one’s own: its results are passed on, and no getter of theirs is run by us', async () => {
  const reads: string[] = [];
  let step = 0;
  const own = {
    [Symbol.iterator]: () => own,
    next: () => {
      step += 1;
      const done = step === 3;
      return {
        get done() {
          reads.push(`done ${done}`);
          return done;
        },
        get value() {
          reads.push('value');
          return step;
        },
      };
    },
  };
  class Passing {
    @Traced()
    *run(): Generator<number, string> {
      yield* own;
      return 'end';
    }
  }
  const bare = function* (): Generator<number, string> {
    yield* own;
    return 'end';
  };
  const drive = (iteration: Generator<number, string>): string[] => {
    step = 0;
    reads.length = 0;
    for (let turn = 0; turn < 3; turn += 1) iteration.next();
    return [...reads];
  };
  expect(drive(new Passing().run())).toEqual(drive(bare()));
  expect(await recorded.trees()).toEqual([span('Passing.run')]);
});

test('a generator that asks itself for a step refuses as ever, and its span goes on', async () => {
  class Tangled {
    iteration: Generator<unknown> | undefined;
    @Traced()
    *run(): Generator<unknown> {
      try {
        this.iteration?.next();
      } catch (error) {
        yield error;
      }
      yield 'still here';
    }
  }
  const tangled = new Tangled();
  tangled.iteration = tangled.run();
  expect(tangled.iteration.next().value).toBeInstanceOf(TypeError);
  expect([...tangled.iteration]).toEqual(['still here']);
  expect(await recorded.trees()).toEqual([span('Tangled.run')]);
});

test('a method that gives a generator lasts as long as its iteration', async () => {
  const steps = new Steps();
  const iteration = steps.giving(2);
  expect(steps.log).toEqual(['called']);
  expect(await recorded.trees()).toEqual([]);
  expect([...iteration]).toEqual([1, 2]);
  expect(await recorded.trees()).toEqual([span('Steps.giving')]);
  const [giving] = await recorded.spans();
  expect(steps.log).toEqual(['called', giving?.spanContext().spanId]);
});

test('the generator is the method’s own: class, tag, prototype and methods as they were', async () => {
  const steps = new Steps();
  const bare = function* (): Generator<number> {
    yield 1;
  };
  const iteration = steps.count(1);
  expect(Object.prototype.toString.call(iteration)).toBe('[object Generator]');
  expect(Object.getPrototypeOf(Object.getPrototypeOf(iteration))).toBe(Object.getPrototypeOf(bare.prototype));
  expect(iteration).toBeInstanceOf(steps.count);
  expect(iteration[Symbol.iterator]()).toBe(iteration);
  expect(Object.keys(iteration)).toEqual([]);
  const described = (one: Generator<unknown>): unknown =>
    [one.next, one.return, one.throw].map(({ name, length }) => [name, length]);
  expect(described(iteration)).toEqual(described(bare()));
  expect(() => iteration.next.call({} as never)).toThrow(TypeError);
});

test('it does not take the context of who iterates, nor leave its own behind', async () => {
  const key = Symbol('key');
  const seen: unknown[] = [];
  class Contexts {
    @Traced()
    *run(): Generator<number> {
      seen.push(context.active().getValue(key));
      yield 1;
      seen.push(context.active().getValue(key));
    }
  }
  const made = context.with(context.active().setValue(key, 'made'), () => new Contexts().run());
  context.with(context.active().setValue(key, 'iterated'), () => {
    made.next();
    expect(context.active().getValue(key)).toBe('iterated');
    made.next();
  });
  expect(seen).toEqual(['made', 'made']);
});
