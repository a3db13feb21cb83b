/**
 * What stands in for a method looks like it; what cannot be replaced is reported, and what others put there is left alone.
 */
import 'reflect-metadata';
import { Gauged, Traced } from 'spandrel';
import { type OtherDecorator, otherDecorator, wrapping } from '../support/other-decorators.js';
import { recorded, span } from '../support/recorded-telemetry.js';
import { outside, snapshot } from '../support/snapshot.js';

afterEach(() => recorded.stop());

const mark = Symbol('mark');

/** Leaves metadata and a property on the function, as frameworks do. */
const route = (path: string): OtherDecorator =>
  otherDecorator((method) => {
    Reflect.defineMetadata('path', path, method);
    Object.assign(method, { [mark]: path });
    return undefined;
  });

test('a stand-in cannot be told from the method: flags, names, lengths, keys, kind, metadata', async () => {
  class Look {
    @Traced()
    @route('/none')
    none(): void {}
    @Traced()
    two(_a: number, _b: string, _c = 3): void {}
    @Traced()
    async later(_a: number): Promise<void> {}
    @Traced()
    *steps(): Generator<number> {
      yield 1;
    }
    @Traced()
    async *asyncSteps(): AsyncGenerator<number> {
      yield 1;
    }
    @Traced()
    [Symbol.iterator](): Iterator<number> {
      return [1][Symbol.iterator]();
    }
    @Traced()
    get both(): number {
      return 1;
    }
    set both(_value: number) {}
    @Traced()
    static make(_a: number): void {}
  }
  Object.defineProperty(Look.prototype, 'two', { enumerable: true, writable: true });
  const keys = ['none', 'two', 'later', 'steps', 'asyncSteps', Symbol.iterator, 'both'] as const;
  const seen = (): unknown[] => [...keys.map((key) => outside(Look.prototype, key)), outside(Look, 'make')];
  new Look();
  const [before, order, prototypes] = [seen(), snapshot(Look).keys, [Look.prototype.steps.prototype as object]];
  const setter = Object.getOwnPropertyDescriptor(Look.prototype, 'both')?.set;
  const written = Look.prototype.none;

  recorded.start();
  expect(Look.prototype.none).not.toBe(written);
  expect(seen()).toEqual(before);
  expect(snapshot(Look).keys).toEqual(order);
  expect(Look.prototype.steps.prototype).toBe(prototypes[0]);
  expect(Object.getOwnPropertyDescriptor(Look.prototype, 'both')?.set).toBe(setter);
  expect(Reflect.getMetadata('path', Look.prototype.none)).toBe('/none');
  expect((Look.prototype.none as unknown as Record<symbol, unknown>)[mark]).toBe('/none');
  expect(() => Reflect.construct(Look.prototype.none, [])).toThrow(TypeError);
  expect(() => Reflect.construct(Look.make, [])).toThrow(TypeError);
});

/** Every bootstrap tells of every class: only that of the test is meant. */
function notWoven(className: string): unknown[] {
  return recorded.faults().filter(({ where }) => where.startsWith(`${className}.`));
}

test('what cannot be replaced is reported, and works', async () => {
  class Frozen {
    @Traced()
    run(): string {
      return 'ran';
    }
    @Traced()
    static make(): string {
      return 'made';
    }
  }
  const frozen = new Frozen();
  Object.freeze(Frozen.prototype);
  Object.freeze(Frozen);
  recorded.start();
  expect([frozen.run(), Frozen.make()]).toEqual(['ran', 'made']);
  expect(await recorded.trees()).toEqual([]);
  expect(notWoven('Frozen')).toEqual([
    { code: 'SPANDREL_NOT_WOVEN', where: 'Frozen.make', count: 1 },
    { code: 'SPANDREL_NOT_WOVEN', where: 'Frozen.run', count: 1 },
  ]);
});

test('a sealed class is woven where its properties can still be written, and given back', async () => {
  class Sealed {
    @Traced()
    run(): string {
      return 'ran';
    }
  }
  const sealed = new Sealed();
  Object.seal(Sealed.prototype);
  const written = snapshot(Sealed);
  recorded.start();
  expect(sealed.run()).toBe('ran');
  expect(await recorded.trees()).toEqual([span('Sealed.run')]);
  await recorded.stop();
  expect(snapshot(Sealed)).toEqual(written);
});

test('a member that is gone by then is reported; one that somebody replaced meanwhile is left to them', async () => {
  class Changing {
    @Traced()
    gone(): void {}
    @Traced()
    kept(): string {
      return 'kept';
    }
  }
  const changing = new Changing();
  Reflect.deleteProperty(Changing.prototype, 'gone');
  recorded.start();
  expect(notWoven('Changing')).toEqual([{ code: 'SPANDREL_NOT_WOVEN', where: 'Changing.gone', count: 1 }]);
  const theirs = (): string => 'theirs';
  Changing.prototype.kept = theirs;
  expect(changing.kept()).toBe('theirs');
  await recorded.stop();
  expect(Changing.prototype.kept).toBe(theirs);
});

test('a wrapper that another decorator puts around or inside a woven method stays', async () => {
  const log: string[] = [];
  const make = (): (new () => { above(): string; below(): string }) => {
    class Wrapped {
      @wrapping(log, 'above')
      @Traced()
      above(): string {
        return 'above';
      }
      @Traced()
      @wrapping(log, 'below')
      below(): string {
        return 'below';
      }
    }
    return Wrapped;
  };
  const Early = make();
  const early = new Early();
  recorded.start();
  const Late = make();
  const late = new Late();
  expect([early.above(), early.below(), late.above(), late.below()]).toEqual(['above', 'below', 'above', 'below']);
  expect(log).toEqual(['above', 'below', 'above', 'below']);
  const pair = [span('Wrapped.above'), span('Wrapped.below')];
  expect(await recorded.trees()).toEqual([...pair, ...pair]);
  await recorded.stop();
  expect([early.above(), early.below(), late.above(), late.below()]).toEqual(['above', 'below', 'above', 'below']);
  expect(log).toHaveLength(8);
});

test('a stand-in that a spy puts back after its time is looked through: the original is what comes back', async () => {
  class Spied {
    @Traced()
    run(): string {
      return 'ran';
    }
    @Gauged('stand-ins.spied')
    size(): number {
      return 1;
    }
  }
  const spied = new Spied();
  const written = snapshot(Spied);
  for (let round = 0; round < 3; round += 1) {
    recorded.start();
    const found = (['run', 'size'] as const).map((key) => [key, Spied.prototype[key]] as const);
    for (const [key] of found) Spied.prototype[key] = (() => 'spied') as never;
    await recorded.stop();
    for (const [key, method] of found) Spied.prototype[key] = method as never;
  }
  expect(spied.run()).toBe('ran');
  recorded.start();
  expect(spied.run()).toBe('ran');
  expect(await recorded.trees()).toEqual([span('Spied.run')]);
  expect(await recorded.points('stand-ins.spied')).toEqual([[{}, 1]]);
  await recorded.stop();
  expect(Spied.prototype.run).toBe(written.members.run?.value);
  expect(snapshot(Spied)).toEqual(written);
});
