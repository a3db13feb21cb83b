/**
 * A class of the legacy dialect that appears while telemetry runs, whose methods another decorator makes accessors of, and
 * that is used in the same tick: what was handed out by then goes on being told, once a call.
 */
import { Counted, Traced } from 'spandrel';
import type { AnyFunction } from '../../support/other-decorators.js';
import { recorded, span } from '../../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

type Handing = (_: object, key: string, descriptor: PropertyDescriptor) => PropertyDescriptor;

/** Makes an accessor of the method, which hands out what `change` gives for an instance. */
const handing =
  (change: (method: AnyFunction, instance: never, key: string) => unknown): Handing =>
  (_, key, { value }) => ({
    configurable: true,
    get(): unknown {
      return change(value as AnyFunction, this as never, key);
    },
  });

const bound = handing((method, instance) => method.bind(instance));
const keptBound = handing((method, instance, key) => {
  const value = method.bind(instance);
  Object.defineProperty(instance, key, { value, configurable: true, writable: true });
  return value;
});

const declare = (decorate: Handing) => {
  class Node {
    readonly #child: Node | undefined;
    constructor(child?: Node) {
      this.#child = child;
    }
    @decorate
    @Traced()
    @Counted('at-once.visits')
    visit(): number {
      return 1 + (this.#child?.visit() ?? 0);
    }
  }
  return Node;
};

const one = span('Node.visit');
const nested = span('Node.visit', {}, one);

test('kept on the instance: each call of the first instance is told, and of the next', async () => {
  const Node = declare(keptBound);
  const first = new Node();
  expect(first.visit()).toBe(1);
  await Promise.resolve();
  expect([first.visit(), first.visit(), new Node(first).visit(), first.visit()]).toEqual([1, 1, 2, 1]);
  expect(await recorded.trees()).toEqual([one, one, one, nested, one]);
  expect(await recorded.points('at-once.visits')).toEqual([[{}, 6]]);
});

test.each([
  ['kept on the instance', keptBound],
  ['bound anew each time', bound],
])('%s: what was taken and not called yet is told when it is', async (_, decorate) => {
  const Node = declare(decorate);
  const [leaf, other] = [new Node(), new Node()];
  const [visitLeaf, visitOther] = [leaf.visit, other.visit];
  await Promise.resolve();
  expect([visitLeaf(), visitOther(), visitLeaf(), new Node(leaf).visit()]).toEqual([1, 1, 1, 2]);
  expect(await recorded.trees()).toEqual([one, one, one, nested]);
  await recorded.stop();
  expect([visitLeaf(), leaf.visit()]).toEqual([1, 1]);
  recorded.start();
  const again = new Node();
  expect([again.visit(), visitOther()]).toEqual([1, 1]);
  expect(await recorded.trees()).toEqual([one, one]);
});

test('what is handed out that calls the method later, with another receiver, or not at all, is one call', async () => {
  const waiting: (() => unknown)[] = [];
  const later = handing((method, instance) => () => waiting.push(method.bind(instance)));
  const detached = handing((method) => () => waiting.push(method as () => unknown));
  const elsewhere = handing((method, instance) => method.bind(Object.create(instance)));
  const unbound = handing((method) => method);
  class Odd {
    @later
    @Traced()
    later(): void {}
    @detached
    @Traced()
    detached(): void {}
    @elsewhere
    @Traced()
    elsewhere(): void {}
    @unbound
    @Traced()
    unbound(): void {}
    @handing((method, instance: Odd) => (instance.skip ? () => {} : method.bind(instance)))
    @Traced()
    skipping(): void {}
    skip = false;
  }
  await Promise.resolve();
  const odd = new Odd();
  odd.later();
  odd.detached();
  for (const call of waiting) call();
  odd.elsewhere();
  const { unbound: taken } = odd;
  taken();
  taken.call(new Odd());
  odd.skip = true;
  odd.skipping();
  odd.skip = false;
  odd.skipping();
  expect((await recorded.trees()).map(({ name, children }) => [name, children.length])).toEqual(
    ['later', 'detached', 'elsewhere', 'unbound', 'unbound', 'skipping', 'skipping'].map((name) => [`Odd.${name}`, 0]),
  );
});

test('what was taken early is told also after a call that never reached the method, and where it is a static one', async () => {
  const early = handing((method, instance: { skip: boolean }) =>
    instance.skip ? () => 0 : method.bind(instance as never),
  );
  class Odd {
    static skip = false;
    skip = false;
    @early
    @Traced()
    run(): number {
      return 1;
    }
    @early
    @Traced()
    static make(): number {
      return 2;
    }
  }
  const [first, other] = [new Odd(), new Odd()];
  const [{ run }, { make }] = [other, Odd];
  await Promise.resolve();
  first.skip = true;
  expect([first.run(), run(), make(), Odd.make()]).toEqual([0, 1, 2, 2]);
  expect(await recorded.trees()).toEqual([span('Odd.run'), span('Odd.run'), span('Odd.make'), span('Odd.make')]);
});

test('an accessor that is asked of nothing hands out what is told', async () => {
  class Free {
    @bound
    @Traced()
    run(): string {
      return 'ran';
    }
  }
  await Promise.resolve();
  const { get } = Object.getOwnPropertyDescriptor(Free.prototype, 'run') as { get(): () => string };
  for (const self of [undefined, null, 'text']) expect(get.call(self)()).toBe('ran');
  expect(await recorded.trees()).toEqual([span('Free.run'), span('Free.run'), span('Free.run')]);
});
