/**
 * Which instances a gauge reads: the live ones, of every class and subclass that has it, each once.
 */
import { Gauged } from 'spandrel';
import { collectGarbage } from '../support/collect-garbage.js';
import { recorded } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

// What was made in one test is still alive in the next: each has classes and metrics of its own.

/** A class of the legacy dialect that was written while telemetry runs is complete with the tick. */
const complete = (): Promise<void> => Promise.resolve();

test('instances of a subclass count once, with the member as they have it', async () => {
  class Base {
    @Gauged('gauged.inherited')
    get size(): number {
      return 1;
    }
    touch(): void {}
  }
  class Silent extends Base {}
  class Overriding extends Base {
    override get size(): number {
      return 10;
    }
  }
  class Annotating extends Base {
    @Gauged('gauged.inherited')
    override get size(): number {
      return 100;
    }
  }
  await complete();
  const all = [new Base(), new Silent(), new Overriding(), new Annotating()];
  for (const one of all) one.touch();
  // Its own accessor is a member too, in either dialect.
  expect(all.map(({ size }) => size)).toEqual([1, 1, 10, 100]);
  expect(await recorded.points('gauged.inherited')).toEqual([[{}, 112]]);
});

test('two classes share one gauge', async () => {
  class Left {
    @Gauged('gauged.shared', { attributes: { side: 'left' } })
    value(): number {
      return 1;
    }
    touch(): void {}
  }
  class Right {
    @Gauged('gauged.shared', { attributes: { side: 'right' } })
    value(): number {
      return 2;
    }
    touch(): void {}
  }
  await complete();
  const [left, right] = [new Left(), new Right()];
  left.touch();
  right.touch();
  expect(await recorded.points('gauged.shared')).toEqual([
    [{ side: 'left' }, 1],
    [{ side: 'right' }, 2],
  ]);
});

test('instances are held weakly: what is collected is gone', async () => {
  class Brief {
    @Gauged('gauged.weak')
    value(): number {
      return 1;
    }
    touch(): void {}
  }
  await complete();
  const kept = new Brief();
  kept.touch();
  const gone = (() => {
    const brief = new Brief();
    brief.touch();
    return new WeakRef(brief);
  })();
  expect(await recorded.points('gauged.weak')).toEqual([[{}, 2]]);
  await collectGarbage();
  expect(gone.deref()).toBeUndefined();
  expect(await recorded.points('gauged.weak')).toEqual([[{}, 1]]);
  kept.touch();
});

test('instances made before bootstrap are read, again after a restart, and not in between', async () => {
  await recorded.stop();
  class Early {
    @Gauged('gauged.early')
    get size(): number {
      return 7;
    }
    touch(): void {}
  }
  const early = new Early();
  recorded.start();
  early.touch();
  expect(await recorded.points('gauged.early')).toEqual([[{}, 7]]);
  await recorded.stop();
  const late = new Early();
  recorded.start();
  late.touch();
  expect(await recorded.points('gauged.early')).toEqual([[{}, 14]]);
  expect(early.size).toBe(7);
});

test('a subclass that annotates again speaks for its own instances', async () => {
  class Base {
    @Gauged('gauged.spoken', { attributes: { by: 'base' } })
    size(): number {
      return 1;
    }
    touch(): void {}
  }
  class Derived extends Base {
    @Gauged('gauged.spoken', { attributes: { by: 'derived' } })
    override size(): number {
      return 10;
    }
    override touch(): void {
      super.touch();
    }
  }
  await complete();
  const all = [new Base(), new Derived()];
  for (const one of all) one.touch();
  expect(await recorded.points('gauged.spoken')).toEqual([
    [{ by: 'base' }, 1],
    [{ by: 'derived' }, 10],
  ]);
});

test('a class that is forgotten takes its gauges along', async () => {
  const make = async (): Promise<WeakRef<object>> => {
    class Forgotten {
      @Gauged('gauged.forgotten')
      get size(): number {
        return 1;
      }
      touch(): void {}
    }
    await complete();
    new Forgotten().touch();
    return new WeakRef(Forgotten);
  };
  class Kept {
    @Gauged('gauged.forgotten')
    get size(): number {
      return 10;
    }
    touch(): void {}
  }
  await complete();
  const kept = new Kept();
  kept.touch();
  const classes = [await make(), await make(), await make()];
  expect(await recorded.points('gauged.forgotten')).toEqual([[{}, 13]]);
  await collectGarbage();
  expect(classes.map((reference) => reference.deref())).toEqual([undefined, undefined, undefined]);
  expect(await recorded.points('gauged.forgotten')).toEqual([[{}, 10]]);
  kept.touch();
});
