/**
 * Classes whose annotations come from two loaded copies of the package: the base from one and the subclass from the other,
 * members of one class from both. Each call is told once, and what contradicts is refused as ever.
 */
import * as here from 'spandrel';
import { anotherCopy } from '../support/another-copy.js';
import { dialect } from '../support/dialect.js';
import { keeping } from '../support/other-decorators.js';
import { recorded, type SpanTree, span } from '../support/recorded-telemetry.js';
import { faultOf } from '../support/thrown-by.js';

const there = anotherCopy();

/** Somebody else's class decorator, for either dialect: a subclass that overrides `run`. */
function overriding<C extends new () => { run(): string }>(target: C): C {
  return class extends (target as new () => { run(): string }) {
    override run(): string {
      return `over ${super.run()}`;
    }
  } as C;
}

afterEach(() => recorded.stop());

describe.each([
  ['ours', here.bootstrap],
  ['the other', there.bootstrap],
])('started is %s', (_, begin) => {
  describe.each(['before', 'while'])('classes that appear %s telemetry runs', (when) => {
    /** The classes, there before telemetry or made while it runs. */
    function started<T>(make: () => T): T {
      if (when === 'while') recorded.start(begin);
      const made = make();
      if (when === 'before') recorded.start(begin);
      return made;
    }

    test('methods of one class, each annotated by another copy', async () => {
      const { Both } = started(() => {
        class Both {
          @here.Traced({ attributes: { given: there.call.arg(0) } })
          first(given: number): number {
            return this.second(given);
          }
          @there.Traced({ attributes: { given: here.call.arg(0).map((value: number) => value + 1) } })
          second(given: number): number {
            return Both.third(given);
          }
          @here.Traced()
          static third(given: number): number {
            return given;
          }
        }
        return { Both };
      });
      expect(new Both().first(1)).toBe(1);
      expect(await recorded.trees()).toEqual([
        span(
          'Both.first',
          { attributes: { given: 1 } },
          span('Both.second', { attributes: { given: 2 } }, span('Both.third')),
        ),
      ]);
    });

    test('annotations of one method, and of its class, from both', async () => {
      const name = `copies.stacked.${when}.${begin === here.bootstrap}`;
      const { Stacked } = started(() => {
        @there.Traced({ attributes: { class: 'there' }, exclude: ['skipped'] })
        class Stacked {
          @here.Traced({ name: 'named', attributes: { method: 'here' } })
          @there.Counted(name)
          @here.Timed(`${name}.time`)
          run(): void {
            this.plain();
            this.skipped();
          }
          plain(): void {}
          skipped(): void {}
        }
        return { Stacked };
      });
      new Stacked().run();
      const inner = span('Stacked.plain', { attributes: { class: 'there' } });
      const attributes = { class: 'there', method: 'here' };
      expect(await recorded.trees()).toEqual([span('named', { at: 'Stacked.run', attributes }, inner)]);
      expect(await recorded.points(name)).toEqual([[{}, 1]]);
      expect(await recorded.points(`${name}.time`)).toEqual([[{}, 1]]);
    });

    test('a base from one and a subclass from the other: each method once, also through super', async () => {
      const { Derived } = started(() => {
        class Base {
          @here.Traced()
          own(): string {
            return 'base';
          }
          bare(): string {
            return 'bare';
          }
        }
        @there.Traced({ inherited: true })
        class Derived extends Base {
          override own(): string {
            return `derived ${super.own()}`;
          }
        }
        return { Derived };
      });
      const derived = new Derived();
      expect([derived.own(), derived.bare()]).toEqual(['derived base', 'bare']);
      const expected: SpanTree[] = [span('Derived.own', {}, span('Base.own')), span('Derived.bare')];
      expect(await recorded.trees()).toEqual(expected);
    });

    test('members of one, and the class of the other, with a subclass of somebody else’s in its place', async () => {
      const name = `copies.replaced.${when}.${begin === here.bootstrap}`;
      const { Replaced } = started(() => {
        @here.Counted(name)
        @overriding
        class Replaced {
          @there.Traced()
          run(): string {
            return 'ran';
          }
        }
        return { Replaced };
      });
      expect(new Replaced().run()).toBe('over ran');
      expect(await recorded.trees()).toEqual([span('Replaced.run')]);
      expect((await recorded.points(name)).map(([, value]) => value)).toEqual([1]);
    });

    test('a stand-in that somebody kept is looked through by the other', async () => {
      const written: Record<string, unknown> = {};
      const { Kept } = started(() => {
        class Kept {
          @here.Traced()
          @keeping(written, 'run')
          run(): string {
            return 'ran';
          }
          @there.Traced()
          static make(): Kept {
            return new Kept();
          }
        }
        return { Kept };
      });
      // In the legacy dialect a gate, where telemetry runs already.
      const { run } = Kept.prototype;
      Kept.make();
      await recorded.stop();
      Kept.prototype.run = run;
      recorded.start(begin === here.bootstrap ? there.bootstrap : here.bootstrap);
      expect(Kept.make().run()).toBe('ran');
      expect(await recorded.trees()).toEqual([span('Kept.make'), span('Kept.run')]);
      await recorded.stop();
      expect(Kept.prototype.run).toBe(written['run']);
    });
  });
});

test('what contradicts an annotation of the other copy is refused', () => {
  const twice = faultOf(() => {
    class Twice {
      @here.Traced()
      @there.Traced()
      run(): void {}
    }
    return Twice;
  });
  const className = dialect === 'legacy' ? 'Twice.run' : 'run';
  expect([twice.code, twice.where]).toEqual(['SPANDREL_TWICE', className]);
  const redefined = faultOf(() => {
    class Redefined {
      @here.Counted('copies.redefined')
      @there.Timed('copies.redefined')
      run(): void {}
    }
    return Redefined;
  });
  expect(redefined.code).toBe('SPANDREL_METRIC_REDEFINED');
});

test('a fault of either copy is a fault for both', () => {
  const theirs = faultOf(() => there.call.arg(-1));
  const ours = faultOf(() => here.call.arg(-1));
  for (const { isSpandrelFault, SpandrelFault } of [here, there]) {
    for (const fault of [theirs, ours]) {
      expect(isSpandrelFault(fault)).toBe(true);
      expect(fault).toBeInstanceOf(SpandrelFault);
    }
    for (const other of [new Error('x'), {}, undefined, 'SpandrelFault'])
      expect(other instanceof SpandrelFault).toBe(false);
    class Narrower extends SpandrelFault {}
    expect(ours).not.toBeInstanceOf(Narrower);
    expect(new Narrower('SPANDREL_NAMELESS', '')).toBeInstanceOf(Narrower);
  }
});
