/**
 * Class decorators of others that put another class in the annotated one's place, as mixins do: what was annotated is
 * still told.
 */
import { Counted, Gauged, Traced } from 'spandrel';
import { dialect } from '../support/dialect.js';
import { recorded, span } from '../support/recorded-telemetry.js';

type AnyClass = new (...args: never[]) => object;

/** Puts a subclass in the place of the class. */
function extending<C extends AnyClass>(target: C): C {
  return class extends (target as AnyClass) {} as C;
}

/** Puts a subclass in its place that overrides the method `run`. */
function overriding<C extends AnyClass>(target: C): C {
  type Running = new () => { run(): string };
  return class extends (target as unknown as Running) {
    override run(): string {
      return `over ${super.run()}`;
    }
  } as unknown as C;
}

const proxying = <C extends AnyClass>(target: C): C => new Proxy(target, {});

/** For either dialect: the second argument of the standard one is not needed. */
const classDecorator = (decorate: <C extends AnyClass>(target: C) => C): (<C extends AnyClass>(target: C) => C) =>
  decorate;

afterEach(() => recorded.stop());

test.each([
  ['a subclass', extending, 'ran'],
  ['a subclass that overrides the method', overriding, 'over ran'],
  ['a proxy', proxying, 'ran'],
])('%s in the place of the class', async (_, decorate, ran) => {
  const Replacing = classDecorator(decorate);
  const make = () => {
    @Replacing
    @Traced()
    class OfClass {
      run(): string {
        return 'ran';
      }
      static make(): string {
        return 'made';
      }
    }
    @Replacing
    class OfMembers {
      @Traced()
      run(): string {
        return 'ran';
      }
      @Traced()
      static make(): string {
        return 'made';
      }
    }
    @Replacing
    class OfOneMember {
      @Traced()
      run(): string {
        return 'ran';
      }
    }
    @Replacing
    @Counted('replaced.both')
    @Replacing
    @Traced()
    class OfBoth {
      @Traced({ attributes: { own: true } })
      run(): string {
        return 'ran';
      }
    }
    return { OfClass, OfMembers, OfOneMember, OfBoth };
  };
  const early = make();
  new early.OfOneMember();
  recorded.start();
  const runAll = ({ OfClass, OfMembers, OfOneMember, OfBoth }: typeof early): void => {
    expect([new OfClass().run(), OfClass.make()]).toEqual([ran, 'made']);
    expect([new OfMembers().run(), OfMembers.make()]).toEqual([ran, 'made']);
    expect(new OfOneMember().run()).toBe(ran);
    expect(new OfBoth().run()).toBe(decorate === overriding ? `over ${ran}` : ran);
  };
  runAll(early);
  runAll(make());
  const all = [
    ...[span('OfClass.run'), span('OfClass.make'), span('OfMembers.run'), span('OfMembers.make')],
    ...[span('OfOneMember.run'), span('OfBoth.run', { attributes: { own: true } })],
  ];
  expect(await recorded.trees()).toEqual([...all, ...all]);
  expect(recorded.faults().filter(({ where }) => where.startsWith('Of'))).toEqual([]);
  await recorded.stop();
  runAll(early);
  expect(await recorded.spans()).toHaveLength(12);
});

test(`the gauges of such a class know its instances (${dialect})`, async () => {
  recorded.start();
  @extending
  class Sized {
    @Gauged('replaced.size')
    get size(): number {
      return 2;
    }
    touch(): void {}
  }
  @extending
  @Traced()
  class Listed {
    @Gauged('replaced.listed')
    listed(): number {
      return 3;
    }
    touch(): void {}
  }
  // Legacy: complete with the tick, and noticed when it is used.
  await Promise.resolve();
  const kept = [new Sized(), new Sized(), new Listed()];
  for (const one of kept) one.touch();
  expect(await recorded.points('replaced.size')).toEqual([[{}, 4]]);
  expect(await recorded.points('replaced.listed')).toEqual([[{}, 3]]);
  expect(kept).toHaveLength(3);
});

test('an annotation above such a decorator is one of the class that took the place', async () => {
  recorded.start();
  @Traced({ inherited: true, prefix: 'upper' })
  @extending
  class Written {
    @Traced('written.run')
    run(): void {}
    other(): void {}
  }
  const written = new Written();
  written.run();
  written.other();
  expect((await recorded.trees()).map(({ name, children }) => [name, children.length])).toEqual([
    ['written.run', 0],
    ['upper.other', 0],
  ]);
});
