/**
 * Decorators of the standard dialect that bind a method as an instance is built: the calls are told, above and below ours,
 * of the first instance as of the next.
 */
import { Counted, call, Traced } from 'spandrel';
import type { AnyFunction } from '../../support/other-decorators.js';
import { recorded, span } from '../../support/recorded-telemetry.js';

afterEach(() => recorded.stop());

/** As in the proposal. */
function bound<Method extends AnyFunction>(_: Method, { name, addInitializer }: ClassMethodDecoratorContext): void {
  addInitializer(function (this: unknown) {
    const self = this as Record<string | symbol, AnyFunction>;
    const value = (self[name] as AnyFunction).bind(this as never);
    Object.defineProperty(self, name, { value, configurable: true, writable: true });
  });
}

const key = Symbol('key');

const declare = () => {
  class Button {
    readonly label = 'ok';
    @Traced({ attributes: { label: call.self('label') } })
    @Counted('bound.clicks')
    @bound
    click(_times = 1): string {
      return this.label;
    }
    @bound
    @Traced()
    press(): string {
      return this.click();
    }
    @bound
    @Traced()
    @bound
    [key](): string {
      return this.press();
    }
  }
  return Button;
};

const clicked = span('Button.click', { attributes: { label: 'ok' } });
const pressed = span('Button.press', {}, clicked);

describe.each(['before', 'after'])('of a class that appears %s bootstrap()', (when) => {
  test('each call is told, once, from the first instance on', async () => {
    const Early = declare();
    recorded.start();
    const Button = when === 'before' ? Early : declare();
    for (let round = 0; round < 2; round += 1) {
      const button = new Button();
      const { click, press, [key]: byKey } = button;
      expect([click(), press(), byKey(), button.click()]).toEqual(['ok', 'ok', 'ok', 'ok']);
      expect([click.name, click.length, Object.hasOwn(button, 'click')]).toEqual(['bound click', 0, true]);
    }
    const round = [clicked, pressed, span('Button[key]', {}, pressed), clicked];
    const trees = await recorded.trees();
    expect(trees).toEqual([...round, ...round]);
    expect(await recorded.points('bound.clicks')).toEqual([[{}, 8]]);
  });
});

test('a bound method of the first instance is bare when telemetry stops', async () => {
  recorded.start();
  const button = new (declare())();
  await recorded.stop();
  expect(button.press()).toBe('ok');
  expect(await recorded.spans()).toEqual([]);
});

test('a subclass that is built first, and one that overrides the method', async () => {
  class Base {
    @Traced()
    @bound
    run(): string {
      return 'base';
    }
  }
  class Inheriting extends Base {}
  class Other {
    @Traced()
    @bound
    run(): string {
      return 'other';
    }
  }
  class Overriding extends Other {
    override run(): string {
      return `over ${super.run()}`;
    }
  }
  recorded.start();
  for (let round = 0; round < 2; round += 1) {
    const [{ run }, { run: over }] = [new Inheriting(), new Overriding()];
    expect([run(), over()]).toEqual(['base', 'over other']);
  }
  const pair = [span('Base.run'), span('Other.run')];
  expect(await recorded.trees()).toEqual([...pair, ...pair]);
});

test('what a base has put on the instance under that name, and a frozen own method, are left alone', async () => {
  const own = (): string => 'own';
  class Base {
    constructor() {
      Object.defineProperty(this, 'run', { value: own, configurable: true });
      Object.defineProperty(this, 'fixed', { value: this.fixed.bind(this) });
    }
    fixed(): string {
      return 'base';
    }
  }
  class Derived extends Base {
    @Traced()
    run(): string {
      return 'never';
    }
    @Traced()
    override fixed(): string {
      return 'fixed';
    }
  }
  recorded.start();
  const derived = new Derived();
  expect(derived.run).toBe(own);
  expect(derived.fixed()).toBe('fixed');
  expect(await recorded.trees()).toEqual([]);
});

test('a proxy that a base returns for the instance is not looked into', async () => {
  const sprung: PropertyKey[] = [];
  class Base {
    constructor() {
      // biome-ignore lint/correctness/noConstructorReturn: that is what some libraries do
      return new Proxy(this, {
        getOwnPropertyDescriptor: (target, name) => {
          sprung.push(name);
          return Reflect.getOwnPropertyDescriptor(target, name);
        },
      });
    }
  }
  class Watched extends Base {
    @Traced()
    run(): string {
      return 'ran';
    }
  }
  recorded.start();
  expect(new Watched().run()).toBe('ran');
  expect(sprung).toEqual([]);
  expect(await recorded.trees()).toEqual([span('Watched.run')]);
});
