/**
 * Whose context a generator’s steps run in: its own, made where the generator was made; the caller stays outside.
 */
import { context } from '@opentelemetry/api';
import { Traced } from 'spandrel';
import { recorded, span } from '../support/recorded-telemetry.js';
import { activeId, Steps } from '../support/steps.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

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
