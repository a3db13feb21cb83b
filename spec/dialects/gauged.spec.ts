/**
 * `@Gauged`: read from the live instances at each collection, combined by attributes. In the legacy dialect an instance
 * is known from the first use of one of its members, so each test uses its instances once (`touch`).
 */
import { type CallFacts, Counted, call, Gauged, Timed, Traced } from 'spandrel';
import { recorded } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

// What was made in one test is still alive in the next: each has classes and metrics of its own.

/** A class of the legacy dialect that was written while telemetry runs is complete with the tick. */
const complete = (): Promise<void> => Promise.resolve();

test('the instances with the same attributes are summed, told apart by their own', async () => {
  class Graph {
    readonly kind: string;
    #nodes = 0;
    constructor(kind: string) {
      this.kind = kind;
    }
    @Gauged('gauged.nodes', {
      unit: '{node}',
      description: 'Nodes',
      attributes: { kind: call.self('kind'), from: 'graph' },
    })
    @Gauged('gauged.nodes.plain')
    get nodes(): number {
      return this.#nodes;
    }
    @Gauged('gauged.double', {
      attributes: { big: ({ self, result }: CallFacts) => self instanceof Graph && Number(result) > 5 },
    })
    double(): number {
      return this.#nodes * 2;
    }
    add(count: number): void {
      this.#nodes += count;
    }
  }
  await complete();
  const [first, second, third] = [new Graph('a'), new Graph('a'), new Graph('b')];
  first.add(1);
  second.add(2);
  third.add(4);
  expect(await recorded.points('gauged.nodes')).toEqual([
    [{ from: 'graph', kind: 'a' }, 3],
    [{ from: 'graph', kind: 'b' }, 4],
  ]);
  expect(await recorded.points('gauged.nodes.plain')).toEqual([[{}, 7]]);
  expect(await recorded.points('gauged.double')).toEqual([
    [{ big: false }, 6],
    [{ big: true }, 8],
  ]);
  third.add(1);
  expect(await recorded.points('gauged.nodes.plain')).toEqual([[{}, 8]]);
  expect((await recorded.metrics()).get('gauged.nodes')?.descriptor).toMatchObject({
    unit: '{node}',
    description: 'Nodes',
  });
});

test('combine: the greatest, the newest, the sum', async () => {
  class Queue {
    readonly length: number;
    constructor(length: number) {
      this.length = length;
    }
    @Gauged('gauged.max', { combine: 'max' })
    @Gauged('gauged.last', { combine: 'last' })
    @Gauged('gauged.sum', { combine: 'sum' })
    size(): number {
      return this.length;
    }
    touch(): void {}
  }
  await complete();
  const queues = [3, 9, 4].map((length) => new Queue(length));
  for (const queue of queues) queue.touch();
  expect(await recorded.points('gauged.max')).toEqual([[{}, 9]]);
  expect(await recorded.points('gauged.last')).toEqual([[{}, 4]]);
  expect(await recorded.points('gauged.sum')).toEqual([[{}, 16]]);
});

test('a static one is read once, on the class; a symbol-named one like any other', async () => {
  const level = Symbol('level');
  class Pool {
    static #size = 5;
    @Gauged('gauged.static', { attributes: { pool: call.self('name') } })
    static get size(): number {
      return Pool.#size;
    }
    @Gauged('gauged.static.method')
    static count(): bigint {
      return BigInt(Pool.#size) * 2n;
    }
    @Gauged('gauged.symbol')
    [level](): number {
      return 3;
    }
    touch(): void {}
  }
  await complete();
  const pools = [new Pool(), new Pool()];
  for (const pool of pools) pool.touch();
  expect(await recorded.points('gauged.static')).toEqual([[{ pool: 'Pool' }, 5]]);
  expect(await recorded.points('gauged.static.method')).toEqual([[{}, 10]]);
  expect(await recorded.points('gauged.symbol')).toEqual([[{}, 6]]);
});

test('what is no finite number is left out; what throws, too, and is told', async () => {
  class Reading {
    readonly value: number;
    constructor(value: unknown) {
      this.value = value as number;
    }
    @Gauged('gauged.finite')
    get current(): number {
      if ((this.value as unknown) instanceof Error) throw this.value;
      return this.value;
    }
    touch(): void {}
  }
  await complete();
  const readings = [1, 2n, Number.NaN, Infinity, '3', undefined, null, new Error('not yet'), -4].map(
    (value) => new Reading(value),
  );
  for (const reading of readings) reading.touch();
  expect(await recorded.points('gauged.finite')).toEqual([[{}, -1]]);
  expect(recorded.faults()).toEqual([{ code: 'SPANDREL_GAUGE_FAILED', where: 'Reading.current', count: 1 }]);
});

test('a collection is no call: neither the member nor what it calls is counted, timed or traced', async () => {
  class Watched {
    @Gauged('gauged.quiet')
    @Timed('gauged.quiet.time')
    @Counted('gauged.quiet.count')
    @Traced()
    get size(): number {
      return this.load();
    }
    @Traced()
    load(): number {
      return 1;
    }
  }
  const watched = new Watched();
  expect(watched.size).toBe(1);
  expect(await recorded.points('gauged.quiet')).toEqual([[{}, 1]]);
  expect(await recorded.points('gauged.quiet')).toEqual([[{}, 1]]);
  expect(await recorded.points('gauged.quiet.count')).toEqual([[{}, 1]]);
  expect(await recorded.points('gauged.quiet.time')).toEqual([[{}, 1]]);
  expect((await recorded.spans()).map(({ name }) => name)).toEqual(['Watched.load', 'Watched.size']);
});
