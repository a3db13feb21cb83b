/**
 * What weaving could not do, and says so: of the member that it is about, and with the reason. The rest of the class, and of
 * the program, is woven all the same.
 */
import { Traced, traced, Untraced } from 'spandrel';
import { recorded, span } from '../support/recorded-telemetry.js';

afterEach(() => recorded.stop());

type AnyClass = new (...args: never[]) => object;

const faultsOf = (where: string): unknown[] => recorded.faults().filter((fault) => fault.where.startsWith(where));
const notWoven = (where: string) => ({ code: 'SPANDREL_NOT_WOVEN', where, count: 1 });
const reasonOf = (where: string): string | undefined =>
  recorded
    .warnings()
    .map((sentence) => /^SPANDREL_NOT_WOVEN: (?:(.+?): )?the element could not be replaced: (.*?)\. So/.exec(sentence))
    .find((found) => (found?.[1] ?? '') === where)?.[2];

/** Proxies that throw where they are looked at closely, once they are `shut`. */
const door = { shut: false };
const look = <T>(result: T): T => {
  if (door.shut) throw new RangeError('shut');
  return result;
};
afterEach(() => {
  door.shut = false;
});

test('a member that is gone, one that cannot be changed, and one that cannot be looked at', async () => {
  class Gone {
    @Traced()
    run(): void {}
  }
  class Fixed {
    @Traced()
    run(): void {}
  }
  class Closed {
    @Traced()
    run(): string {
      return 'never';
    }
    @Traced()
    open(): string {
      return 'open';
    }
  }
  const closed = [new Gone(), new Fixed(), new Closed()][2] as Closed;
  Reflect.deleteProperty(Gone.prototype, 'run');
  Object.freeze(Fixed.prototype);
  Closed.prototype.run = new Proxy(() => 'ran', { ownKeys: (target) => look(Reflect.ownKeys(target)) });
  door.shut = true;
  recorded.start();
  expect([closed.run(), closed.open()]).toEqual(['ran', 'open']);
  expect(await recorded.trees()).toEqual([span('Closed.open')]);
  for (const name of ['Gone', 'Fixed', 'Closed']) expect(faultsOf(name)).toEqual([notWoven(`${name}.run`)]);
  expect(['Gone.run', 'Fixed.run', 'Closed.run'].map(reasonOf)).toEqual([
    'there is no such member any more',
    'the property can’t be changed',
    'shut',
  ]);
});

test('a class that cannot be looked at, and a function', () => {
  const shutting = <C extends AnyClass>(target: C): C =>
    new Proxy(target, { ownKeys: (of) => look(Reflect.ownKeys(of)) });
  @Traced()
  @shutting
  class Shut {
    run(): string {
      return 'ran';
    }
  }
  const plain = traced(
    'plain',
    new Proxy(() => 'ran', { getPrototypeOf: (target) => look(Reflect.getPrototypeOf(target)) }),
  );
  door.shut = true;
  recorded.start();
  expect([new Shut().run(), plain()]).toEqual(['ran', 'ran']);
  expect(faultsOf('Shut')).toEqual([notWoven('Shut')]);
  expect([reasonOf('Shut'), reasonOf('')]).toEqual(['shut', 'shut']);
});

test.each(['before', 'after'])(
  'what an untraced method hid, which another decorator took away, is inherited bare by a class that appears %s bootstrap()',
  async (when) => {
    const removing = <C extends AnyClass>(target: C): C => {
      Reflect.deleteProperty(target.prototype as object, 'run');
      return target;
    };
    const declare = () => {
      class Base {
        run(): string {
          return 'base';
        }
      }
      @Traced({ inherited: true })
      @removing
      class Derived extends Base {
        @Untraced()
        override run(): string {
          return 'derived';
        }
      }
      return Derived;
    };
    const Early = declare();
    recorded.start();
    const Derived = when === 'before' ? Early : declare();
    expect(new Derived().run()).toBe('base');
    expect(Object.hasOwn(Derived.prototype, 'run')).toBe(false);
    expect(faultsOf('Derived')).toEqual([]);
    expect(await recorded.trees()).toEqual([]);
  },
);

test('a class that a minifier named is told of by that name, unless telemetry is off again by then', async () => {
  class a {
    @Traced()
    run(): void {}
  }
  new a();
  const told = (): string[] =>
    recorded.warnings().flatMap((one) => /^SPANDREL_MINIFIED_NAME: .*? is called \S+ as a/.exec(one)?.[0] ?? []);
  recorded.start();
  await recorded.stop();
  expect(told()).toEqual([]);
  recorded.start();
  await Promise.resolve();
  expect(told()).toEqual(['SPANDREL_MINIFIED_NAME: a: the class is called a, as a']);
});

test('a proxy in the place of a class that no longer lets itself be asked keeps nobody from starting or stopping', async () => {
  const revocable: { revoke(): void }[] = [];
  const wrapped = <C extends AnyClass>(made: C, _context?: unknown): C => {
    const { proxy, revoke } = Proxy.revocable(made, {});
    revocable.push({ revoke });
    return proxy;
  };
  @Traced()
  @wrapped
  class Before {
    run(): void {}
  }
  revocable.pop()?.revoke();
  class Other {
    @Traced()
    run(): void {}
  }
  recorded.start();
  new Other().run();
  @Traced()
  @wrapped
  class During {
    run(): void {}
  }
  await Promise.resolve();
  revocable.pop()?.revoke();
  expect(await recorded.trees()).toEqual([span('Other.run')]);
  await recorded.stop();
  expect([typeof Before, typeof During]).toEqual(['function', 'function']);
});
