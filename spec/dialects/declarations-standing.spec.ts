/**
 * What became of a class or its methods meanwhile: replaced by others, sealed before weaving, closed after it; and proxies
 * of instances and classes. Classes frozen before are in `stand-ins.spec.ts`.
 */
import { Traced } from 'spandrel';
import { recorded, span } from '../support/recorded-telemetry.js';
import { snapshot } from '../support/snapshot.js';

afterEach(() => recorded.stop());

const declare = () => {
  class Shop {
    #sold = 0;
    @Traced()
    sell(): string {
      this.#sold += 1;
      return `sold ${this.#sold}`;
    }
    @Traced()
    static open(): string {
      return 'open';
    }
  }
  new Shop();
  return Shop;
};

const named = (name: string): unknown[] => recorded.faults().filter(({ where }) => where.startsWith(name));

test('a method replaced after weaving is theirs: told no more, and left to them', async () => {
  const [Shop, Wrapped] = [declare(), declare()];
  recorded.start();
  const theirs = (): string => 'theirs';
  Shop.prototype.sell = theirs;
  Object.defineProperty(Shop, 'open', { value: theirs, configurable: true });
  // One that calls what it found goes on being told while telemetry is on.
  const found = Wrapped.prototype.sell;
  const around = function (this: InstanceType<typeof Wrapped>): string {
    return `around ${Reflect.apply(found, this, [])}`;
  };
  Wrapped.prototype.sell = around;
  const wrapped = new Wrapped();
  expect([new Shop().sell(), Shop.open(), wrapped.sell()]).toEqual(['theirs', 'theirs', 'around sold 1']);
  expect(await recorded.trees()).toEqual([span('Shop.sell')]);
  await recorded.stop();
  expect([Shop.prototype.sell, Shop.open, Wrapped.prototype.sell]).toEqual([theirs, theirs, around]);
  expect(wrapped.sell()).toBe('around sold 2');
  expect(await recorded.spans()).toHaveLength(1);

  // The next weaving takes in what stands there now.
  recorded.start();
  expect([new Shop().sell(), wrapped.sell()]).toEqual(['theirs', 'around sold 3']);
  expect(await recorded.trees()).toEqual([span('Shop.sell'), span('Shop.sell')]);
  await recorded.stop();
  expect([Shop.prototype.sell, Wrapped.prototype.sell]).toEqual([theirs, around]);
});

test('a method put on an instance is theirs alone', async () => {
  const Shop = declare();
  recorded.start();
  const [plain, own] = [new Shop(), new Shop()];
  own.sell = () => 'own';
  expect([plain.sell(), own.sell()]).toEqual(['sold 1', 'own']);
  expect(await recorded.trees()).toEqual([span('Shop.sell')]);
});

test('sealed before weaving: told, and given back', async () => {
  const Shop = declare();
  Object.seal(Shop.prototype);
  Object.seal(Shop);
  const written = snapshot(Shop);
  recorded.start();
  expect([new Shop().sell(), Shop.open()]).toEqual(['sold 1', 'open']);
  expect(await recorded.trees()).toEqual([span('Shop.sell'), span('Shop.open')]);
  expect(named('Shop.')).toEqual([]);
  await recorded.stop();
  expect(snapshot(Shop)).toEqual(written);
});

test.each([
  ['sealed', Object.seal],
  ['made not extensible', Object.preventExtensions],
])('%s after weaving: given back', async (_, close) => {
  const Shop = declare();
  const written = snapshot(Shop);
  recorded.start();
  close(Shop.prototype);
  close(Shop);
  expect(new Shop().sell()).toBe('sold 1');
  expect(await recorded.trees()).toEqual([span('Shop.sell')]);
  await recorded.stop();
  expect(Shop.prototype.sell).toBe(written.members.sell?.value);
  expect(Shop.open).toBe(written.statics.open?.value);
});

test('frozen after weaving: our stand-ins stay, and are bare from shutdown on, also with the next bootstrap', async () => {
  const Shop = declare();
  recorded.start();
  Object.freeze(Shop.prototype);
  Object.freeze(Shop);
  expect([new Shop().sell(), Shop.open()]).toEqual(['sold 1', 'open']);
  expect(await recorded.trees()).toEqual([span('Shop.sell'), span('Shop.open')]);
  expect(named('Shop.')).toEqual([]);
  await recorded.stop();
  expect([new Shop().sell(), Shop.open()]).toEqual(['sold 1', 'open']);
  expect(await recorded.spans()).toHaveLength(2);

  recorded.start();
  expect([new Shop().sell(), Shop.open()]).toEqual(['sold 1', 'open']);
  expect(await recorded.trees()).toEqual([]);
  expect(named('Shop.')).toEqual([
    { code: 'SPANDREL_NOT_WOVEN', where: 'Shop.open', count: 1 },
    { code: 'SPANDREL_NOT_WOVEN', where: 'Shop.sell', count: 1 },
  ]);
});

test('a proxy of an instance is this of its calls, and told; private members are not in its reach, as ever', async () => {
  const Shop = declare();
  class Open {
    sold = 0;
    @Traced()
    sell(): number {
      this.sold += 1;
      return this.sold;
    }
  }
  new Open();
  recorded.start();
  const read: PropertyKey[] = [];
  const proxied = new Proxy(new Open(), {
    get(target, key, receiver): unknown {
      read.push(key);
      return Reflect.get(target, key, receiver);
    },
  });
  expect(proxied.sell()).toBe(1);
  expect(read).toEqual(['sell', 'sold', 'sold']);
  expect(() => new Proxy(new Shop(), {}).sell()).toThrow(TypeError);
  const [sold, failed] = await recorded.trees();
  expect(sold).toEqual(span('Open.sell'));
  expect([failed?.name, failed?.status]).toEqual(['Shop.sell', 'error']);
});

test('a proxy of a class makes instances that are told, and its statics are those of the class', async () => {
  const Shop = declare();
  const Proxied = new Proxy(Shop, {
    construct: (target, args, made) => Reflect.construct(target, args, made) as object,
  });
  class Derived extends Proxied {}
  recorded.start();
  expect([new Proxied().sell(), Proxied.open(), new Derived().sell()]).toEqual(['sold 1', 'open', 'sold 1']);
  expect(await recorded.trees()).toEqual([span('Shop.sell'), span('Shop.open'), span('Shop.sell')]);
});
