/**
 * What only the legacy dialect can be written with: decorators on parameters, `design:*` metadata, decorators applied by
 * hand; and when its classes and instances become known.
 */
import 'reflect-metadata';
import { Gauged, InFlight, recordsKey, Timed, Traced, Untraced } from 'spandrel';
import { anywhere } from '../../support/declaration-mistake.js';
import { keeping } from '../../support/other-decorators.js';
import { recorded, span } from '../../support/recorded-telemetry.js';
import { faultOf } from '../../support/thrown-by.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

test.each<[where: string, declare: () => unknown]>([
  [
    'Placed.constructor',
    () => {
      class Placed {
        constructor(@anywhere(Traced()) _name: string) {}
      }
      return Placed;
    },
  ],
  [
    'Placed.run',
    () => {
      class Placed {
        run(@anywhere(Traced()) _name: string): void {}
      }
      return Placed;
    },
  ],
])('a parameter of %s is no place for an annotation', (where, declare) => {
  const fault = faultOf(declare);
  expect([fault.code, fault.where, fault.what]).toEqual([
    'SPANDREL_WRONG_PLACE',
    where,
    '@Traced stands on a parameter',
  ]);
});

test('the compiler’s own metadata, and records by inheritance, are read as ever', async () => {
  class Typed {
    @Traced()
    run(_name: string, _count: number): boolean {
      return true;
    }
  }
  class Derived extends Typed {}
  new Typed().run('a', 1);
  await Promise.resolve();
  expect(Reflect.getMetadata('design:paramtypes', Typed.prototype, 'run')).toEqual([String, Number]);
  expect(Reflect.getMetadata('design:returntype', Typed.prototype, 'run')).toBe(Boolean);
  expect(Reflect.getMetadata(recordsKey, Derived.prototype, 'run')).toHaveLength(1);
});

test('an annotation applied by hand to a class that is woven already is taken in', async () => {
  class Plain {
    @Traced()
    first(): void {}
    second(): string {
      return 'second';
    }
  }
  new Plain().first();
  const descriptor = Object.getOwnPropertyDescriptor(Plain.prototype, 'second') as TypedPropertyDescriptor<
    () => string
  >;
  const written = Plain.prototype.second;
  const given = anywhere(Traced())(Plain.prototype, 'second', descriptor) as PropertyDescriptor | undefined;
  Object.defineProperty(Plain.prototype, 'second', given ?? descriptor);
  expect(new Plain().second()).toBe('second');
  new Plain().first();
  expect(await recorded.trees()).toEqual([span('Plain.first'), span('Plain.second'), span('Plain.first')]);
  await recorded.stop();
  expect(Plain.prototype.second).toBe(written);
});

test('the very first use of an instance makes it known to its gauges, be it the gauge itself', async () => {
  class Read {
    @Gauged('legacy.read')
    get size(): number {
      return 1;
    }
  }
  const read = new Read();
  expect(await recorded.points('legacy.read')).toEqual([]);
  expect(read.size).toBe(1);
  expect(await recorded.points('legacy.read')).toEqual([[{}, 1]]);

  class Late {
    @Gauged('legacy.late')
    get size(): number {
      return 1;
    }
  }
  expect(new Late().size).toBe(1);
  expect(await recorded.points('legacy.late')).toEqual([[{}, 1]]);
});

test('a setter and an accessor of others make an instance known, too', async () => {
  class Written {
    #level = 0;
    @Gauged('legacy.written')
    level(): number {
      return this.#level;
    }
    set value(level: number) {
      this.#level = level;
    }
  }
  await Promise.resolve();
  const written = new Written();
  written.value = 4;
  expect(await recorded.points('legacy.written')).toEqual([[{}, 4]]);
});

test('class-level and member-level annotations of a class that appears late are one weaving', async () => {
  @Traced()
  @InFlight('legacy.flight')
  class Both {
    @Timed('legacy.time')
    run(): void {}
    other(): void {}
  }
  const both = new Both();
  both.run();
  await Promise.resolve();
  both.run();
  both.other();
  expect(await recorded.trees()).toEqual([span('Both.run'), span('Both.run'), span('Both.other')]);
  expect(await recorded.points('legacy.time')).toEqual([[{}, 2]]);
});

test('a class with gauges is given back whole, whatever stands on its members', async () => {
  const kept: Record<string, unknown> = {};
  class Gauging {
    @Gauged('legacy.whole')
    @keeping(kept, 'size')
    size(): number {
      return 1;
    }
    @Traced()
    @keeping(kept, 'run')
    run(): void {}
    @Untraced()
    @keeping(kept, 'quiet')
    quiet(): void {}
    @keeping(kept, 'plain')
    plain(): void {}
  }
  await Promise.resolve();
  const gauging = new Gauging();
  expect(gauging.constructor).toBe(Gauging);
  gauging.run();
  gauging.plain();
  expect(await recorded.trees()).toEqual([span('Gauging.run')]);
  expect(await recorded.points('legacy.whole')).toEqual([[{}, 1]]);
  await recorded.stop();
  const { size, run, quiet, plain } = Gauging.prototype;
  expect({ size, run, quiet, plain }).toEqual(kept);
});
