/**
 * Gates that somebody kept, of classes of the legacy dialect that appear while telemetry runs: taken off the class, wrapped
 * or put back, at any time.
 */
import { of } from 'rxjs';
import { Gauged, Traced } from 'spandrel';
import { type AnyFunction, keeping } from '../../support/other-decorators.js';
import { recorded, span } from '../../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

type AnyClass = new (...args: never[]) => object;

const faultsOf = (className: string): unknown[] => recorded.faults().filter(({ where }) => where.startsWith(className));

/** A class that was woven without the gate of its method, and that gate. */
const woven = async () => {
  const kept: Record<string, unknown> = {};
  class Late {
    @Traced()
    @keeping(kept, 'run')
    run(): string {
      return 'ran';
    }
  }
  const gate = Object.getOwnPropertyDescriptor(Late.prototype, 'run') as PropertyDescriptor;
  Late.prototype.run = () => 'spied';
  await Promise.resolve();
  return { Late, gate, written: kept['run'] };
};

test('put back after shutdown it is bare, and looked through by the next bootstrap', async () => {
  const { Late, gate, written } = await woven();
  await recorded.stop();
  Object.defineProperty(Late.prototype, 'run', gate);
  expect([new Late().run(), new Late().run()]).toEqual(['ran', 'ran']);
  expect(Late.prototype.run).toBe(gate.value);
  recorded.start();
  expect(new Late().run()).toBe('ran');
  expect(await recorded.trees()).toEqual([span('Late.run')]);
  await recorded.stop();
  expect(Late.prototype.run).toBe(written);
});

test('wrapped after the class was woven without it, each call is told', async () => {
  const { Late, gate } = await woven();
  Late.prototype.run = function (this: object): string {
    return `around ${Reflect.apply(gate.value as AnyFunction, this, []) as string}`;
  };
  expect([new Late().run(), new Late().run()]).toEqual(['around ran', 'around ran']);
  expect(await recorded.trees()).toEqual([span('Late.run'), span('Late.run')]);
  await recorded.stop();
  expect(new Late().run()).toBe('around ran');
  expect(await recorded.spans()).toHaveLength(2);
});

test('taken off the class, that of an annotated method tells its calls, and that of a class annotation calls the method', async () => {
  class Single {
    @Traced()
    run(): string {
      return 'ran';
    }
  }
  @Traced()
  class Whole {
    run(): string {
      return 'ran';
    }
  }
  for (const One of [Single, Whole]) {
    const { run } = One.prototype;
    Reflect.deleteProperty(One.prototype, 'run');
    const one = new One();
    expect([run.call(one), run.call(one)]).toEqual(['ran', 'ran']);
  }
  expect(await recorded.trees()).toEqual([span('Single.run'), span('Single.run')]);
  expect(faultsOf('Single')).toEqual([{ code: 'SPANDREL_NOT_WOVEN', where: 'Single.run', count: 1 }]);
  expect(faultsOf('Whole')).toEqual([]);
});

test('on a class that another decorator froze it tells the calls, so that nothing is to be reported', async () => {
  const frozen = (target: AnyClass): void => void Object.freeze(target.prototype);
  @frozen
  @Traced()
  class Frozen {
    run(): void {}
  }
  await Promise.resolve();
  new Frozen().run();
  expect(await recorded.trees()).toEqual([span('Frozen.run')]);
  expect(faultsOf('Frozen')).toEqual([]);
});

test('a class annotation reaches methods beside one that another decorator made an accessor of', async () => {
  const bound = (_: object, _key: string, { value }: PropertyDescriptor): PropertyDescriptor => ({
    configurable: true,
    get(): unknown {
      return (value as AnyFunction).bind(this as never);
    },
  });
  @Traced()
  class Button {
    @bound
    @Traced()
    click(): string {
      return 'clicked';
    }
    other(): string {
      return 'other';
    }
  }
  expect([new Button().other(), new Button().click()]).toEqual(['other', 'clicked']);
  expect(await recorded.trees()).toEqual([span('Button.other'), span('Button.click')]);
  expect(faultsOf('Button')).toEqual([]);
});

test('a method that was kept, and called while telemetry is off, notices no instance for a gauge', async () => {
  class Sized {
    @Gauged('gates-kept.size')
    get size(): number {
      return 7;
    }
    touch(): void {}
  }
  await Promise.resolve();
  const { touch } = Sized.prototype;
  await recorded.stop();
  const sized = new Sized();
  touch.call(sized);
  recorded.start();
  expect(await recorded.points('gates-kept.size')).toEqual([]);
  sized.touch();
  expect(await recorded.points('gates-kept.size')).toEqual([[{}, 7]]);
});

test('an observable that is given through a gate, and again once the class is woven, is watched once', async () => {
  const source = of(1);
  class Late {
    @passing
    @Traced()
    give(): typeof source {
      return source;
    }
  }
  for (const late of [new Late(), new Late()]) expect(late.give()).toBe(source);
  await Promise.resolve();
  new Late().give().subscribe();
  expect(await recorded.trees()).toEqual([span('Late.give')]);
});

/** A decorator that puts a function of its own over what it finds. */
function passing(_target: object, _key: string, descriptor: PropertyDescriptor): void {
  const inner = descriptor.value as AnyFunction;
  descriptor.value = function (this: unknown, ...args: never[]): unknown {
    return Reflect.apply(inner, this, args);
  };
}
