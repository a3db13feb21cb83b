/**
 * Gauges and calls in flight of `#private` members, and where on them an annotation may not stand.
 */
import { Gauged, InFlight, Traced, Untraced } from 'spandrel';
import { anywhere } from '../../support/declaration-mistake.js';
import { recorded } from '../../support/recorded-telemetry.js';
import { faultOf } from '../../support/thrown-by.js';

afterEach(() => recorded.stop());

test('a private method is in flight, and a private getter or method is a gauge, read on each live instance', async () => {
  recorded.start();
  class Pool {
    size: number;
    constructor(size: number) {
      this.size = size;
    }
    @InFlight('private.borrowed')
    async #borrow(until: Promise<void>): Promise<void> {
      await until;
    }
    @Gauged('private.size')
    get #size(): number {
      return this.size;
    }
    @Gauged('private.double', { combine: 'max' })
    #double(): number {
      return this.#size * 2;
    }
    @Gauged('private.accessor')
    accessor #kept = 3;
    @Gauged('private.static')
    static get #all(): number {
      return 7;
    }
    borrow(until: Promise<void>): Promise<void> {
      this.#kept = 4;
      return this.#borrow(until);
    }
    static all = (): number => Pool.#all + new Pool(0).#double() + new Pool(0).#kept;
  }
  class Larger extends Pool {
    // Another member that happens to have the same name.
    @Gauged('private.size')
    get #size(): number {
      return 100;
    }
    shown = (): number => this.#size;
  }
  const [pool, larger] = [new Pool(2), new Larger(3)];
  let done = (): void => {};
  const borrowed = pool.borrow(new Promise((resolve) => (done = resolve)));
  expect(await recorded.points('private.borrowed')).toEqual([[{}, 1]]);
  done();
  await borrowed;
  expect(await recorded.points('private.borrowed')).toEqual([[{}, 0]]);
  expect(await recorded.points('private.size')).toEqual([[{}, 2 + 3 + 100]]);
  expect(await recorded.points('private.double')).toEqual([[{}, 6]]);
  expect(await recorded.points('private.accessor')).toEqual([[{}, 4 + 3]]);
  expect(await recorded.points('private.static')).toEqual([[{}, 7]]);
  expect(await recorded.trees()).toEqual([]);
  expect([Pool.all(), larger.shown()]).toEqual([10, 100]);
});

test.each<[place: string, declare: () => unknown, word?: string]>([
  [
    'a setter',
    () => {
      class Placed {
        @anywhere(Traced())
        set #size(_size: number) {}
        go(): void {
          this.#size = 1;
        }
      }
      return Placed;
    },
  ],
  [
    'a field',
    () => {
      class Placed {
        @anywhere(Traced())
        #size = 1;
        go = (): number => this.#size;
      }
      return Placed;
    },
  ],
  [
    'a getter',
    () => {
      class Placed {
        @anywhere(InFlight('private.a'))
        get #size(): number {
          return 1;
        }
        go = (): number => this.#size;
      }
      return Placed;
    },
    'InFlight',
  ],
  [
    'an accessor',
    () => {
      class Placed {
        @anywhere(Untraced())
        accessor #size = 1;
        go = (): number => this.#size;
      }
      return Placed;
    },
    'Untraced',
  ],
])('%s that is private is no place for it', (place, declare, word = 'Traced') => {
  const { code, where, what } = faultOf(declare);
  expect([code, where, what]).toEqual(['SPANDREL_WRONG_PLACE', '#size', `@${word} stands on ${place}`]);
});

test('a contradiction on a private member is a fault as on any other', () => {
  const fault = faultOf(() => {
    class Placed {
      @Untraced()
      @Traced()
      #run(): void {}
      go = (): void => this.#run();
    }
    return Placed;
  });
  expect([fault.code, fault.where]).toEqual(['SPANDREL_CONTRADICTION', '#run']);
});

test('a private member that is a gauge and nothing else has nothing in its place, and no fault', async () => {
  recorded.start();
  class Tank {
    @Gauged('private.level')
    get #level(): number {
      return 9;
    }
    shown = (): number => this.#level;
  }
  expect(new Tank().shown()).toBe(9);
  expect(await recorded.points('private.level')).toEqual([[{}, 9]]);
  expect(recorded.faults().filter(({ where }) => where.startsWith('Tank'))).toEqual([]);
});
