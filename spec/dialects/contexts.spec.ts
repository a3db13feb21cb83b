/**
 * Who is whose parent: nested calls, recursion, timers, concurrent calls, and overrides with `super`.
 */
import { EventEmitter } from 'node:events';
import * as fc from 'fast-check';
import { annotate, call, Traced } from 'spandrel';
import { recorded, type SpanTree, span } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

class Tree {
  @Traced({ attributes: { depth: call.arg(0) } })
  down(depth: number): number {
    return depth === 0 ? 0 : 1 + this.down(depth - 1);
  }

  @Traced({ attributes: { depth: call.arg(0) } })
  async downLater(depth: number): Promise<void> {
    await turn();
    if (depth > 0) await this.downLater(depth - 1);
  }

  @Traced()
  leaf(): void {}
}

function chain(name: string, depth: number): SpanTree {
  return span(name, { attributes: { depth } }, ...(depth === 0 ? [] : [chain(name, depth - 1)]));
}

test('recursion nests, sync and async', async () => {
  const tree = new Tree();
  expect(tree.down(3)).toBe(3);
  await tree.downLater(3);
  expect(await recorded.trees()).toEqual([chain('Tree.down', 3), chain('Tree.downLater', 3)]);
});

test('timers, immediates, microtasks and events started inside keep the context; the caller is outside again', async () => {
  class Starter {
    readonly done: Promise<unknown>[] = [];
    @Traced()
    start(): void {
      const tree = new Tree();
      const later = (start: (run: () => void) => void): void =>
        void this.done.push(
          new Promise<void>((resolve) =>
            start(() => {
              tree.leaf();
              resolve();
            }),
          ),
        );
      later((run) => setTimeout(run, 1));
      later((run) => setImmediate(run));
      later((run) => queueMicrotask(run));
      later((run) => process.nextTick(run));
      later((run) => {
        const emitter = new EventEmitter().once('go', run);
        setTimeout(() => emitter.emit('go'), 1);
      });
    }
  }
  const starter = new Starter();
  starter.start();
  new Tree().leaf();
  await Promise.all(starter.done);
  expect(await recorded.trees()).toEqual([
    span('Starter.start', {}, ...new Array(5).fill(span('Tree.leaf'))),
    span('Tree.leaf'),
  ]);
});

test('concurrent calls do not mix, however their steps interleave', async () => {
  class Worker {
    @Traced({ attributes: { id: call.arg(0) } })
    async work(id: number, turns: readonly number[]): Promise<number> {
      for (const [step, wait] of turns.entries()) {
        for (let n = 0; n < wait; n += 1) await (n % 2 === 0 ? turn() : Promise.resolve());
        await this.step(id, step);
        annotate({ [`after.${step}`]: id });
      }
      return id;
    }
    @Traced({ attributes: { id: call.arg(0), step: call.arg(1) } })
    async step(_id: number, _step: number): Promise<void> {
      await Promise.resolve();
    }
  }
  const schedules = fc.array(fc.array(fc.nat({ max: 4 }), { maxLength: 4 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(schedules, async (all) => {
      const before = (await recorded.spans()).length;
      const worker = new Worker();
      expect(await Promise.all(all.map((turns, id) => worker.work(id, turns)))).toEqual(all.map((_, id) => id));
      const trees = (await recorded.trees()).filter(({ name }) => name === 'Worker.work').slice(-all.length);
      expect(trees).toEqual(
        all.map((turns, id) =>
          span(
            'Worker.work',
            { attributes: { id, ...Object.fromEntries(turns.map((_, step) => [`after.${step}`, id])) } },
            ...turns.map((_, step) => span('Worker.step', { attributes: { id, step } })),
          ),
        ),
      );
      const expected = all.length + all.flat().length;
      expect((await recorded.spans()).length - before).toBe(expected);
    }),
    { numRuns: 40 },
  );
});

test('overrides and super each have their own span, each class its own name', async () => {
  class Base {
    @Traced()
    run(): string {
      return this.inner();
    }
    @Traced()
    inner(): string {
      return 'base';
    }
    @Traced()
    static make(): string {
      return 'base';
    }
    @Traced()
    get size(): number {
      return 1;
    }
  }
  class Middle extends Base {
    override inner(): string {
      return `bare ${super.inner()}`;
    }
  }
  class Derived extends Middle {
    @Traced('derived.run')
    override run(): string {
      return `derived ${super.run()}`;
    }
    @Traced()
    override inner(): string {
      return `derived ${super.inner()}`;
    }
    @Traced()
    static override make(): string {
      // biome-ignore lint/complexity/noThisInStatic: it is what is tested
      return `derived ${super.make()}`;
    }
    @Traced()
    override get size(): number {
      return super.size + 1;
    }
  }
  class Silent extends Base {}
  expect(new Derived().run()).toBe('derived derived bare base');
  expect(Derived.make()).toBe('derived base');
  expect(new Derived().size).toBe(2);
  expect(new Silent().run()).toBe('base');
  expect(new Middle().inner()).toBe('bare base');
  expect(Silent.make()).toBe('base');
  expect(await recorded.trees()).toEqual([
    span('derived.run', { at: 'Derived.run' }, span('Base.run', {}, span('Derived.inner', {}, span('Base.inner')))),
    span('Derived.make', {}, span('Base.make')),
    span('Derived.size', {}, span('Base.size')),
    span('Base.run', {}, span('Base.inner')),
    span('Base.inner'),
    span('Base.make'),
  ]);
});

test('what a method is called through does not matter: bound, borrowed, passed on', async () => {
  const tree = new Tree();
  const { leaf } = tree;
  leaf.call(tree);
  leaf.bind(tree)();
  Tree.prototype.leaf.apply(tree);
  [1].forEach(tree.leaf, tree);
  expect(await recorded.trees()).toEqual(new Array(4).fill(span('Tree.leaf')));
});
