/**
 * What only the standard dialect can be written with: class expressions with annotations; and when its classes become known.
 */
import { Counted, Gauged, Traced } from 'spandrel';
import { keeping } from '../../support/other-decorators.js';
import { recorded, span } from '../../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

test('a class expression goes by the name of its variable, and is woven as it appears', async () => {
  const Named =
    @Traced()
    class {
      static make(): void {}
      run(): void {}
    };
  Named.make();
  new Named().run();
  expect(await recorded.trees()).toEqual([span('Named.make'), span('Named.run')]);
});

test('a static block and a static field that calls a woven static are seen from the moment the class is known', async () => {
  class Early {
    static readonly calls: string[] = [];
    @Traced()
    static make(): string {
      Early.calls.push('make');
      return 'made';
    }
    static {
      Early.make();
    }
    static readonly made = Early.make();
    run(): void {}
  }
  expect(Early.made).toBe('made');
  expect(Early.calls).toEqual(['make', 'make']);
  Early.make();
  const trees = await recorded.trees();
  expect(trees).toEqual(trees.map(() => span('Early.make')));
  expect(trees.length).toBeGreaterThan(0);
});

test('a base that annotates only methods is known with its first subclass that is', async () => {
  class Base {
    @Traced('base.run')
    run(): void {}
    other(): void {}
  }
  @Traced({ inherited: true })
  class Derived extends Base {}
  Base.prototype.run.call({} as Base);
  new Derived().run();
  new Derived().other();
  expect(await recorded.trees()).toEqual([
    span('base.run', { at: 'Base.run' }),
    span('base.run', { at: 'Base.run' }),
    span('Derived.other'),
  ]);
});

test('a constructor that calls its own annotated method is seen from its first instance on', async () => {
  class Starting {
    constructor() {
      this.start();
    }
    @Traced()
    start(): void {}
  }
  new Starting();
  new Starting();
  expect(await recorded.trees()).toEqual([span('Starting.start'), span('Starting.start')]);
});

test('gauges know an instance from its construction, also one that is never used', async () => {
  class Idle {
    @Gauged('standard.idle')
    get size(): number {
      return 1;
    }
  }
  const kept = [new Idle(), new Idle()];
  expect(await recorded.points('standard.idle')).toEqual([[{}, kept.length]]);
});

test('two classes from one expression are two classes', async () => {
  const make = (): (new () => { run(): void }) => {
    class Made {
      @Traced()
      @Counted('standard.made')
      run(): void {}
    }
    return Made;
  };
  const [First, Second] = [make(), make()];
  new First().run();
  new Second().run();
  expect(await recorded.trees()).toEqual([span('Made.run'), span('Made.run')]);
  expect(await recorded.points('standard.made')).toEqual([[{}, 2]]);
});

test('a gauge leaves the other members of its class as they are', () => {
  const kept: Record<string, unknown> = {};
  class Gauging {
    @Gauged('standard.alone')
    @keeping(kept, 'size')
    size(): number {
      return 1;
    }
    @keeping(kept, 'plain')
    plain(): void {}
  }
  new Gauging();
  expect([Gauging.prototype.size, Gauging.prototype.plain]).toEqual([kept.size, kept.plain]);
});

test('a class that gets its name after its static initializers (as esbuild has it) goes by that name', async () => {
  class Temporary {
    @Traced()
    static make(): void {}
    @Traced()
    run(): void {}
  }
  Object.defineProperty(Temporary, 'name', { value: 'Final', configurable: true });
  await Promise.resolve();
  Temporary.make();
  new Temporary().run();
  expect((await recorded.trees()).map(({ name, attributes }) => [name, attributes['code.function.name']])).toEqual([
    ['Final.make', 'Final.make'],
    ['Final.run', 'Final.run'],
  ]);
});
