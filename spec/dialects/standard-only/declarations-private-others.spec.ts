/**
 * Decorators of others beside ours on `#private` members, and on their class.
 */
import { Counted, Gauged, Traced } from 'spandrel';
import { keeping, type OtherDecorator, wrapping } from '../../support/other-decorators.js';
import { recorded, span } from '../../support/recorded-telemetry.js';

afterEach(() => recorded.stop());

type AnyClass = new (...args: never[]) => object;

function extending<C extends AnyClass>(target: C): C {
  return class extends (target as AnyClass) {} as C;
}

test('other decorators above, between and below stay where they are, and a call is told once', async () => {
  const log: string[] = [];
  const noting = (name: string): OtherDecorator => wrapping(log, name);
  recorded.start();
  class Wrapped {
    @noting('above')
    @Traced()
    @noting('between')
    @Counted('private.wrapped')
    @noting('below')
    #run(): string {
      return 'ran';
    }
    run(): string {
      return this.#run();
    }
  }
  expect(new Wrapped().run()).toBe('ran');
  expect(log).toEqual(['above', 'between', 'below']);
  expect(await recorded.trees()).toEqual([span('Wrapped.#run')]);
  expect(await recorded.points('private.wrapped')).toEqual([[{}, 1]]);
  await recorded.stop();
  expect(new Wrapped().run()).toBe('ran');
  expect(await recorded.spans()).toHaveLength(1);
});

test('annotations of one member share one switch, and a gauge needs none', () => {
  const kept: Record<string, unknown> = {};
  class Shared {
    @keeping(kept, 'above')
    @Traced()
    @keeping(kept, 'between')
    @Counted('private.shared')
    @keeping(kept, 'below')
    #run(): void {}
    @keeping(kept, 'gauged')
    @Gauged('private.switchless')
    @keeping(kept, 'written')
    #size(): number {
      return 1;
    }
    use(): void {
      this.#run();
      this.#size();
    }
  }
  new Shared().use();
  expect(kept.above).toBe(kept.between);
  expect(kept.below).not.toBe(kept.between);
  expect(kept.gauged).toBe(kept.written);
});

test('where a decorator puts a subclass in the place of the class, they are told by the class they were written in', async () => {
  const log: string[] = [];
  recorded.start();
  @extending
  class Replaced {
    @wrapping(log, 'wrapped')
    @Traced()
    run(): void {
      this.#inner();
    }
    @Traced()
    #inner(): void {}
  }
  new Replaced().run();
  expect(log).toEqual(['wrapped']);
  expect(await recorded.trees()).toEqual([span('Replaced.run', {}, span('Replaced.#inner'))]);
});
