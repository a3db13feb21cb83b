/**
 * Decorators that make an accessor of a method, to bind it to its instance (legacy dialect: the standard one lets nobody do
 * so): the calls of the bound method are told, above and below ours, of a class known before `bootstrap()` or after.
 */
import { Counted, Gauged, Traced } from 'spandrel';
import { anywhere } from '../../support/declaration-mistake.js';
import type { AnyFunction } from '../../support/other-decorators.js';
import { recorded, span } from '../../support/recorded-telemetry.js';
import { snapshot } from '../../support/snapshot.js';

afterEach(() => recorded.stop());

/** Binds at the first use, and keeps the bound method on the instance. */
const keptBound = (_: object, key: string, { value }: PropertyDescriptor): PropertyDescriptor => ({
  configurable: true,
  get(): unknown {
    const bound = (value as AnyFunction).bind(this as never);
    Object.defineProperty(this, key, { value: bound, configurable: true, writable: true });
    return bound;
  },
});

/** Binds at every use. */
const bound = (_: object, _key: string, { value }: PropertyDescriptor): PropertyDescriptor => ({
  configurable: true,
  get(): unknown {
    return (value as AnyFunction).bind(this as never);
  },
});

const declare = (decorate: typeof bound) => {
  class Button {
    clicks = 0;
    @decorate
    @Traced()
    @Counted('bound.clicks')
    click(): number {
      this.clicks += 1;
      return this.clicks;
    }
    @Traced()
    @decorate
    press(): number {
      return this.click() * 10;
    }
  }
  return Button;
};

describe.each([
  ['kept on the instance', keptBound],
  ['bound anew each time', bound],
])('%s', (_, decorate) => {
  test('of a class known before: each call is told, once, and the class is given back', async () => {
    const Button = declare(decorate);
    const written = snapshot(Button);
    recorded.start();
    const button = new Button();
    const { click, press } = button;
    expect([click(), press(), button.click(), button.press()]).toEqual([1, 20, 3, 40]);
    const pressed = span('Button.press', {}, span('Button.click'));
    expect(await recorded.trees()).toEqual([span('Button.click'), pressed, span('Button.click'), pressed]);
    expect(await recorded.points('bound.clicks')).toEqual([[{}, 4]]);
    expect(recorded.faults().filter(({ where }) => where.startsWith('Button.'))).toEqual([]);
    await recorded.stop();
    expect(snapshot(Button)).toEqual(written);
    expect([click(), press(), new Button().press()]).toEqual([5, 60, 10]);
    expect(await recorded.spans()).toHaveLength(6);
  });

  test('of a class that appears later', async () => {
    recorded.start();
    const Button = declare(decorate);
    await Promise.resolve();
    const button = new Button();
    expect([button.click(), button.click()]).toEqual([1, 2]);
    expect(button.press()).toBe(30);
    expect(await recorded.trees()).toEqual([
      span('Button.click'),
      span('Button.click'),
      span('Button.press', {}, span('Button.click')),
    ]);
  });

  test('of a class that appears later and is used at once: the first call is told', async () => {
    recorded.start();
    const Button = declare(decorate);
    expect(new Button().click()).toBe(1);
    expect(new Button().click()).toBe(1);
    expect(await recorded.trees()).toEqual([span('Button.click'), span('Button.click')]);
  });
});

test('what such an accessor hands out that is no function passes as it is, and what it throws', async () => {
  const given: unknown[] = [];
  const handing = (_: object, __: string, ___: PropertyDescriptor): PropertyDescriptor => ({
    configurable: true,
    get(): unknown {
      if (given.length === 0) throw new TypeError('nothing left');
      return given.pop();
    },
  });
  class Odd {
    @handing
    @Traced()
    run(): void {}
  }
  recorded.start();
  const odd = new Odd();
  const same = (): string => 'ran';
  given.push(same, 5, undefined);
  expect([odd.run, odd.run]).toEqual([undefined, 5]);
  expect((odd.run as unknown as typeof same)()).toBe('ran');
  expect(() => odd.run).toThrow('nothing left');
  expect(await recorded.trees()).toEqual([span('Odd.run')]);
});

test('one function handed out again and again is one stand-in, and a method of the class that is told already is told once', async () => {
  const same = function shared(): string {
    return 'shared';
  };
  const handing =
    (what: (self: never) => unknown) =>
    (_: object, __: string, ___: PropertyDescriptor): PropertyDescriptor => ({
      configurable: true,
      get(): unknown {
        return what(this as never);
      },
    });
  class Sharing {
    @handing(() => same)
    @Traced()
    shared(): void {}
    @handing((self: { told: unknown }) => self.told)
    @Traced()
    again(): void {}
    @Traced()
    told(): string {
      return 'told';
    }
  }
  recorded.start();
  const sharing = new Sharing();
  expect(sharing.shared).toBe(new Sharing().shared);
  expect([sharing.shared.name, sharing.again()]).toEqual(['shared', 'told']);
  expect(await recorded.trees()).toEqual([span('Sharing.told')]);
  // Frozen, it cannot be given back: then it hands out what it would have.
  Object.freeze(Sharing.prototype);
  await recorded.stop();
  expect(sharing.shared).toBe(same);
});

test('a gauge of such a method reads it, and its parameters count as they were written', async () => {
  class Sized {
    size = 4;
    @Gauged('bound.size')
    @keptBound
    read(): number {
      return this.size;
    }
    touch(): void {}
  }
  recorded.start();
  const sized = new Sized();
  sized.touch();
  expect(await recorded.points('bound.size')).toEqual([[{}, 4]]);
  expect(() => {
    class Placed {
      @anywhere(Gauged('bound.parameters'))
      @keptBound
      read(_from: string): number {
        return 1;
      }
    }
    return Placed;
  }).toThrow('SPANDREL_GAUGE_PARAMETERS');
});
