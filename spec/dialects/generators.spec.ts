/**
 * A generator’s span covers its iteration: from the first step to its end, whichever way it ends.
 */
import { Counted, Traced } from 'spandrel';
import { failedSpan, recorded, span } from '../support/recorded-telemetry.js';
import { Steps } from '../support/steps.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

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

test('a method of one generator called on another leaves its own iteration as it is', async () => {
  const steps = new Steps();
  const [first, second] = [steps.count(1), steps.count(1)];
  expect(first.return.call(second, 'left')).toEqual({ done: true, value: 'left' });
  expect([...first]).toEqual([1]);
  expect((await recorded.spans()).map(({ attributes }) => attributes['result'])).toEqual(['done']);
});

test('a generator that is given again and again stays shallow; calls past the bound settle as they return', async () => {
  class Cached {
    readonly #steps = (function* () {
      for (let n = 0; n < 3; n += 1) yield n;
    })();
    @Traced()
    @Counted('generators.cached')
    steps(): Generator<number> {
      return this.#steps;
    }
  }
  const cached = new Cached();
  const calls = 5000;
  for (let n = 1; n < calls; n += 1) cached.steps();
  expect(await recorded.points('generators.cached')).toEqual([[{}, calls - 1 - 16]]);
  expect([...cached.steps()]).toEqual([0, 1, 2]);
  expect(await recorded.points('generators.cached')).toEqual([[{}, calls]]);
});
