/**
 * When a class is woven: those known at bootstrap with it, those that appear later as they appear; and what the class is
 * before, between and after.
 */
import 'reflect-metadata';
import { Counted, Timed, Traced } from 'spandrel';
import { dialect } from '../support/dialect.js';
import { keeping } from '../support/other-decorators.js';
import { recorded, span } from '../support/recorded-telemetry.js';
import { snapshot } from '../support/snapshot.js';

afterEach(() => recorded.stop());

test('a class written before bootstrap, and its instances, are woven by it; before that it is as written', async () => {
  const bodies: unknown[] = [];
  class Early {
    @Traced()
    run(): string {
      return 'ran';
    }
    @Traced()
    static make(): Early {
      return new Early();
    }
    @Timed('arrivals.early')
    get size(): number {
      return 1;
    }
    plain(): void {}
  }
  const early = Early.make();
  const written = snapshot(Early);
  bodies.push(early.run);
  expect([early.run(), early.size]).toEqual(['ran', 1]);

  recorded.start();
  expect(early.run).not.toBe(bodies[0]);
  expect(Object.hasOwn(early, 'run')).toBe(false);
  expect([early.run(), early.size, Early.make().run()]).toEqual(['ran', 1, 'ran']);
  expect(snapshot(Early).members.plain).toEqual(written.members.plain);
  expect(await recorded.trees()).toEqual([span('Early.run'), span('Early.make'), span('Early.run')]);
  expect(await recorded.points('arrivals.early')).toEqual([[{}, 1]]);

  await recorded.stop();
  expect(snapshot(Early)).toEqual(written);
  expect(early.run).toBe(bodies[0]);
  expect([early.run(), early.size]).toEqual(['ran', 1]);
  expect(await recorded.spans()).toHaveLength(3);
});

test('bootstrap weaves again after a shutdown, as often as one likes', async () => {
  class Again {
    @Traced()
    run(): void {}
  }
  const again = new Again();
  const written = snapshot(Again);
  for (let round = 0; round < 3; round += 1) {
    recorded.start();
    again.run();
    expect(await recorded.trees()).toEqual([span('Again.run')]);
    await recorded.stop();
    expect(snapshot(Again)).toEqual(written);
  }
});

test('a second bootstrap while one runs changes nothing', async () => {
  class Twice {
    @Traced()
    run(): void {}
  }
  new Twice().run();
  const telemetry = recorded.start();
  const woven = snapshot(Twice);
  const { bootstrap } = await import('spandrel');
  expect(bootstrap()).toBe(telemetry);
  expect(snapshot(Twice)).toEqual(woven);
  new Twice().run();
  expect(await recorded.trees()).toEqual([span('Twice.run')]);
});

test('a class written after bootstrap is woven when it appears, and given back', async () => {
  recorded.start();
  const bodies: Record<string, unknown> = {};
  class Late {
    @Traced()
    @Counted('arrivals.late')
    @keeping(bodies, 'first')
    first(): string {
      return 'first';
    }
    @Traced()
    @keeping(bodies, 'second')
    second(): string {
      return 'second';
    }
  }
  @Traced({ include: ['third'] })
  class LateClass {
    @keeping(bodies, 'third')
    third(): void {}
  }
  @Traced()
  class LateStatic {
    static make(): void {}
  }
  const late = new Late();
  expect([late.first(), late.second(), late.first()]).toEqual(['first', 'second', 'first']);
  LateStatic.make();
  new LateClass().third();
  expect(await recorded.trees()).toEqual([
    span('Late.first'),
    span('Late.second'),
    span('Late.first'),
    span('LateStatic.make'),
    span('LateClass.third'),
  ]);
  expect(await recorded.points('arrivals.late')).toEqual([[{}, 2]]);

  await recorded.stop();
  expect(Late.prototype.first).toBe(bodies.first);
  expect(Late.prototype.second).toBe(bodies.second);
  expect(LateClass.prototype.third).toBe(bodies.third);
  recorded.start();
  late.first();
  expect(await recorded.trees()).toEqual([span('Late.first')]);
});

test('a class written after bootstrap and never used is given back, too', async () => {
  recorded.start();
  const bodies: Record<string, unknown> = {};
  class Unused {
    @Traced()
    @keeping(bodies, 'run')
    run(): void {}
  }
  await recorded.stop();
  expect(Unused.prototype.run).toBe(bodies.run);
});

test('who holds on to a stand-in calls the original once telemetry is off, and is seen again when it is on', async () => {
  class Held {
    value = 'held';
    @Traced()
    run(): string {
      return this.value;
    }
    @Traced()
    *steps(): Generator<number> {
      yield 1;
      yield 2;
    }
    @Traced()
    async later(until: Promise<void>): Promise<string> {
      await until;
      return this.value;
    }
  }
  const held = new Held();
  recorded.start();
  const { run } = held;
  const steps = held.steps();
  steps.next();
  let release = (): void => {};
  const later = held.later(
    new Promise((resolve) => {
      release = resolve;
    }),
  );
  expect(run.call(held)).toBe('held');
  await recorded.stop();
  // What was begun ends as it would have; what begins now is bare.
  expect(run.call(held)).toBe('held');
  expect([...steps]).toEqual([2]);
  release();
  expect(await later).toBe('held');
  // The iteration was at rest when telemetry stopped: its span says how far it had come.
  expect((await recorded.spans()).map(({ name }) => name)).toEqual(['Held.run', 'Held.steps']);

  recorded.start();
  expect([run.call(held), held.run()]).toEqual(['held', 'held']);
  expect(await recorded.trees()).toEqual([span('Held.run')]);
});

test('classes that share a base are each woven once', async () => {
  recorded.start();
  class Base {
    @Traced()
    run(): void {}
  }
  class Left extends Base {
    @Traced()
    left(): void {}
  }
  class Right extends Base {
    @Traced()
    right(): void {}
  }
  const [left, right] = [new Left(), new Right()];
  left.run();
  left.left();
  right.run();
  right.right();
  expect((await recorded.spans()).map(({ name }) => name)).toEqual([
    'Base.run',
    'Left.left',
    'Base.run',
    'Right.right',
  ]);
});

test(`a class without any instance (${dialect}): its statics and class-level annotations are woven at once`, async () => {
  recorded.start();
  abstract class Shapes {
    @Traced()
    static unit(): string {
      return 'unit';
    }
    abstract area(): number;
  }
  @Traced()
  abstract class Figures {
    static unit(): string {
      return 'unit';
    }
  }
  expect([Shapes.unit(), Figures.unit()]).toEqual(['unit', 'unit']);
  expect(await recorded.trees()).toEqual([span('Shapes.unit'), span('Figures.unit')]);
});
