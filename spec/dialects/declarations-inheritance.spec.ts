/**
 * Methods that a class has from others: mixins, abstract bases, overrides with `super`, and annotations that a subclass
 * repeats.
 */
import { Counted, call, Traced } from 'spandrel';
import { recorded, span } from '../support/recorded-telemetry.js';
import { snapshot } from '../support/snapshot.js';

afterEach(() => recorded.stop());

interface Numbered {
  readonly id: number;
}

interface Stamping extends Numbered {
  stamp(): string;
}

const Timestamped = (base: new () => Numbered): (new () => Stamping) => {
  class Timestamped extends base {
    @Traced({ attributes: { of: call.self('id') } })
    stamp(): string {
      return `${this.constructor.name} stamped`;
    }
  }
  return Timestamped;
};

const Loud = (base: new () => Stamping): (new () => Stamping) => {
  class Loud extends base {
    @Traced()
    override stamp(): string {
      return `${super.stamp()}!`;
    }
  }
  return Loud;
};

test('a mixin’s methods are told under the mixin’s name, each application of it on its own', async () => {
  class Plain {
    id = 1;
  }
  class Order extends Loud(Timestamped(Plain)) {}
  class Invoice extends Timestamped(Plain) {}
  const use = (): string[] => [new Order().stamp(), new Invoice().stamp()];
  const written = [Order, Invoice].map((one) => snapshot(Object.getPrototypeOf(one)));
  expect(use()).toEqual(['Order stamped!', 'Invoice stamped']);
  recorded.start();
  expect(use()).toEqual(['Order stamped!', 'Invoice stamped']);
  class Late extends Loud(Timestamped(Plain)) {}
  expect(new Late().stamp()).toBe('Late stamped!');
  const stamped = span('Timestamped.stamp', { attributes: { of: 1 } });
  expect(await recorded.trees()).toEqual([span('Loud.stamp', {}, stamped), stamped, span('Loud.stamp', {}, stamped)]);
  await recorded.stop();
  expect([Order, Invoice].map((one) => snapshot(Object.getPrototypeOf(one)))).toEqual(written);
  expect(use()).toEqual(['Order stamped!', 'Invoice stamped']);
});

test('an abstract class’s own methods are told; its abstract ones where a subclass annotates them', async () => {
  abstract class Shape {
    @Traced()
    describe(): string {
      return `area ${this.area()}`;
    }
    @Counted('inheritance.shapes')
    static count(): void {}
    abstract area(): number;
  }
  class Square extends Shape {
    @Traced()
    area(): number {
      return 4;
    }
  }
  class Circle extends Shape {
    area(): number {
      return 3;
    }
  }
  new Square().area();
  recorded.start();
  expect([new Square().describe(), new Circle().describe()]).toEqual(['area 4', 'area 3']);
  Square.count();
  expect(await recorded.trees()).toEqual([span('Shape.describe', {}, span('Square.area')), span('Shape.describe')]);
  expect(await recorded.points('inheritance.shapes')).toEqual([[{}, 1]]);
});

test('an override that calls super is one span in the other; one that does not hides what the base annotates', async () => {
  @Traced()
  class Base {
    run(word: string): string {
      return `base ${word}`;
    }
    async later(): Promise<string> {
      return 'base';
    }
    static make(): string {
      return 'base';
    }
    plain(): string {
      return 'base';
    }
  }
  @Traced()
  class Derived extends Base {
    override run(word: string): string {
      return `derived ${super.run(word)}`;
    }
    override async later(): Promise<string> {
      return `derived ${await super.later()}`;
    }
    static override make(): string {
      // biome-ignore lint/complexity/noThisInStatic: it is about super
      return `derived ${super.make()}`;
    }
    override plain(): string {
      return 'derived';
    }
  }
  class Silent extends Derived {
    override run(word: string): string {
      return `silent ${super.run(word)}`;
    }
    override plain(): string {
      return 'silent';
    }
  }
  recorded.start();
  expect(new Derived().run('a')).toBe('derived base a');
  await expect(new Derived().later()).resolves.toBe('derived base');
  expect(Derived.make()).toBe('derived base');
  expect([new Derived().plain(), new Silent().plain()]).toEqual(['derived', 'silent']);
  expect(new Silent().run('b')).toBe('silent derived base b');
  const run = span('Derived.run', {}, span('Base.run'));
  expect(await recorded.trees()).toEqual([
    run,
    span('Derived.later', {}, span('Base.later')),
    span('Derived.make', {}, span('Base.make')),
    span('Derived.plain'),
    run,
  ]);
});

test('a subclass that annotates again what it inherits, by name or by its class, is told once a call', async () => {
  class Base {
    @Traced()
    @Counted('inheritance.once')
    run(): string {
      return 'ran';
    }
    other(): void {}
  }
  @Traced({ inherited: true })
  @Counted('inheritance.class', { inherited: true })
  class Derived extends Base {}
  class Again extends Base {
    @Traced()
    @Counted('inheritance.once')
    override run(): string {
      return 'again';
    }
  }
  new Base();
  new Again();
  recorded.start();
  expect([new Base().run(), new Derived().run(), new Again().run()]).toEqual(['ran', 'ran', 'again']);
  new Derived().other();
  expect(await recorded.trees()).toEqual([
    span('Base.run'),
    span('Base.run'),
    span('Again.run'),
    span('Derived.other'),
  ]);
  expect(await recorded.points('inheritance.once')).toEqual([[{}, 3]]);
  expect(await recorded.points('inheritance.class')).toEqual([[{ 'code.function.name': 'Derived.other' }, 1]]);
});
