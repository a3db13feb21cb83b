/**
 * First instances of the standard dialect whose methods another decorator bound, where something about the class or the
 * instance is odd.
 */
import { Traced } from 'spandrel';
import type { AnyFunction } from '../../support/other-decorators.js';
import { recorded, span } from '../../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

/** As in the proposal. */
function bound<Method extends AnyFunction>(_: Method, { name, addInitializer }: ClassMethodDecoratorContext): void {
  addInitializer(function (this: unknown) {
    const self = this as Record<string | symbol, AnyFunction>;
    const value = (self[name] as AnyFunction).bind(this as never);
    Object.defineProperty(self, name, { value, configurable: true, writable: true });
  });
}

function returningThis(this: unknown): unknown {
  return this;
}

const faultsOf = (className: string): unknown[] => recorded.faults().filter(({ where }) => where.startsWith(className));

test('a member that is gone by then costs the others nothing, and no proxy is asked for it', async () => {
  const sprung: PropertyKey[] = [];
  class Base {}
  Object.setPrototypeOf(
    Base.prototype,
    new Proxy(Object.create(null) as object, {
      getOwnPropertyDescriptor: (target, key) => {
        sprung.push(key);
        return Reflect.getOwnPropertyDescriptor(target, key);
      },
    }),
  );
  const declare = (Extended: new () => object) => {
    class Changing extends Extended {
      @Traced()
      gone(): void {}
      @Traced()
      @bound
      run(): string {
        return 'ran';
      }
    }
    Reflect.deleteProperty(Changing.prototype, 'gone');
    return Changing;
  };
  for (const Extended of [Object, Base]) {
    const { run } = new (declare(Extended))();
    expect(run()).toBe('ran');
  }
  expect(await recorded.trees()).toEqual([span('Changing.run'), span('Changing.run')]);
  expect(faultsOf('Changing')).toEqual([{ code: 'SPANDREL_NOT_WOVEN', where: 'Changing.gone', count: 2 }]);
  expect(sprung).toEqual([]);
});

test.each([
  ['has the name of a bound one, and is none', 'bound run', returningThis],
  ['ends like a bound one', 'rebound run', (): void => {}],
  ['is bound, and another', 'bound over run', (): void => {}],
  ['was bound from another', 'bound own', (): void => {}],
  ['has no name', '', (): void => {}],
])('a method of a base’s own making that %s is left alone', async (_, name, made) => {
  const own = Object.defineProperty(made, 'name', { value: name });
  class Base {
    constructor() {
      Object.defineProperty(this, 'run', { value: own, configurable: true });
    }
  }
  class Derived extends Base {
    @Traced()
    run(): string {
      return 'never';
    }
  }
  const derived = new Derived();
  expect(derived.run).toBe(own);
  expect(await recorded.trees()).toEqual([]);
});

test('a bound method that overrides a bound one of the base is told of the first instance, too', async () => {
  class Base {
    @Traced()
    @bound
    run(): string {
      return 'base';
    }
  }
  class Derived extends Base {
    @Traced()
    @bound
    override run(): string {
      return `over ${super.run()}`;
    }
  }
  for (let round = 0; round < 2; round += 1) {
    const { run } = new Derived();
    expect(run()).toBe('over base');
  }
  const called = span('Derived.run', {}, span('Base.run'));
  expect(await recorded.trees()).toEqual([called, called]);
});

test('a private method beside a bound one that is called as it is written', async () => {
  class Both {
    @Traced({ attributes: { which: 'public' } })
    @bound
    ['#run'](): string {
      return 'public';
    }
    @Traced({ attributes: { which: 'private' } })
    #run(): string {
      return 'private';
    }
    use(): string[] {
      return [this.#run(), this['#run']()];
    }
  }
  expect(new Both().use()).toEqual(['private', 'public']);
  expect(await recorded.trees()).toEqual([
    span('Both.#run', { attributes: { which: 'private' } }),
    span('Both.#run', { attributes: { which: 'public' } }),
  ]);
});

test('a bound method that an accessor in another’s place hands out is told once', async () => {
  class Button {
    @Traced()
    @bound
    click(): string {
      return 'clicked';
    }
    @Traced()
    again(): void {}
  }
  Object.defineProperty(Button.prototype, 'again', {
    configurable: true,
    get(this: Button) {
      return this.click;
    },
  });
  expect(new Button().again()).toBe('clicked');
  expect(await recorded.trees()).toEqual([span('Button.click')]);
  expect(faultsOf('Button')).toEqual([]);
});
