/**
 * Calls that go on only when they are told to, one kind each: made, begun, gone on with and ended at moments of the
 * test’s choice.
 */
import { type CallFacts, Counted, InFlight, Traced } from 'spandrel';
import { type Observer, TinyObservable } from '../table/tiny-observable.js';
import { LazyPromise } from './lazy-promise.js';
import type { Kind } from './program.js';

/** How far a call is. Made is not begun: a generator begins with its first step, an observable as it is subscribed to. */
export type Stand = 'made' | 'running' | 'at rest' | 'over';

/** What ends the work of a call. */
class Gate {
  readonly #key: string;
  readonly #fails: boolean;
  readonly opened: Promise<string>;
  #open: () => void = () => {};

  constructor(key: string, fails: boolean) {
    this.#key = key;
    this.#fails = fails;
    this.opened = new Promise((resolve) => {
      this.#open = () => resolve(key);
    });
  }

  open(): void {
    this.#open();
  }

  async work(): Promise<string> {
    await this.opened;
    return this.end();
  }

  end(): string {
    if (this.#fails) throw new RangeError(this.#key);
    return this.#key;
  }
}

export const heldMetrics = { calls: 'held.calls', running: 'held.running' } as const;

@Traced({ name: ({ args }: CallFacts) => String(args[0]) })
@Counted(heldMetrics.calls)
@InFlight(heldMetrics.running)
class Held {
  sync(_key: string, gate: Gate): string {
    return gate.end();
  }

  later(_key: string, gate: Gate): Promise<string> {
    return gate.work();
  }

  *steps(key: string, gate: Gate): Generator<string, string> {
    yield key;
    return gate.end();
  }

  async *laterSteps(key: string, gate: Gate): AsyncGenerator<string, string> {
    yield key;
    return gate.end();
  }

  lazily(_key: string, gate: Gate): LazyPromise<string> {
    return new LazyPromise(() => gate.work());
  }

  @Traced({ callback: 'last' })
  calling(_key: string, gate: Gate, callback: (error: unknown, result?: string) => void): void {
    void gate.work().then(
      (result) => callback(null, result),
      (error) => callback(error),
    );
  }

  watched(_key: string, gate: Gate): TinyObservable {
    return new TinyObservable((observer: Required<Pick<Observer, 'error' | 'complete'>>) => {
      void gate.work().then(
        () => observer.complete(),
        (error) => observer.error(error),
      );
      return undefined;
    });
  }
}

const held = new Held();

type Outcome = Promise<unknown>;

/** One such call. `next` takes it a step further, and says how far it is then. */
export interface HeldCall {
  readonly key: string;
  readonly fails: boolean;
  readonly stand: Stand;
  next(): Promise<Stand>;
}

/** Makes a call; each step is what its caller does next. */
export async function makeCall(kind: Kind, key: string, fails: boolean): Promise<HeldCall> {
  const gate = new Gate(key, fails);
  const [first, ...steps] = begin[kind](key, gate, fails);
  let stand = await (first as () => Promise<Stand>)();
  return {
    key,
    fails,
    get stand() {
      return stand;
    },
    async next() {
      stand = await (steps.shift() as () => Promise<Stand>)();
      return stand;
    },
  };
}

type Steps = readonly (() => Promise<Stand>)[];

/** The call is over with what it should: its own key, or its own error. */
async function over(key: string, fails: boolean, outcome: () => unknown): Promise<Stand> {
  let told: unknown;
  try {
    told = await outcome();
  } catch (error) {
    told = error;
  }
  expect(told).toEqual(fails ? new RangeError(key) : key);
  return 'over';
}

const begin: Readonly<Record<Kind, (key: string, gate: Gate, fails: boolean) => Steps>> = {
  sync: (key, gate, fails) => [() => over(key, fails, () => held.sync(key, gate))],

  async: (key, gate, fails) => waiting(key, gate, fails, () => held.later(key, gate)),

  callback: (key, gate, fails) =>
    waiting(
      key,
      gate,
      fails,
      () =>
        new Promise((resolve, reject) => {
          held.calling(key, gate, (error, result) => (error === null ? resolve(result) : reject(error as Error)));
        }),
    ),

  generator: (key, gate, fails) => stepping(key, fails, () => held.steps(key, gate)),

  'async generator': (key, gate, fails) => stepping(key, fails, () => held.laterSteps(key, gate)),

  'lazy promise'(key, gate, fails) {
    let promise: LazyPromise<string>;
    let used: Outcome;
    return [
      async () => {
        promise = held.lazily(key, gate);
        return 'at rest';
      },
      async () => {
        used = promise.asResponse();
        used.catch(() => {});
        return 'running';
      },
      () => over(key, fails, () => opened(gate, used)),
    ];
  },

  observable(key, gate, fails) {
    let observable: TinyObservable;
    let completed: Outcome;
    return [
      async () => {
        observable = held.watched(key, gate);
        return 'made';
      },
      async () => {
        completed = new Promise((resolve, reject) => {
          observable.subscribe({ complete: () => resolve(key), error: reject });
        });
        completed.catch(() => {});
        return 'running';
      },
      () => over(key, fails, () => opened(gate, completed)),
    ];
  },
};

function opened(gate: Gate, outcome: Outcome): Outcome {
  gate.open();
  return outcome;
}

/** Running from the start, and over when the gate is opened. */
function waiting(key: string, gate: Gate, fails: boolean, make: () => Outcome): Steps {
  let outcome: Outcome;
  return [
    async () => {
      outcome = make();
      outcome.catch(() => {});
      return 'running';
    },
    () => over(key, fails, () => opened(gate, outcome)),
  ];
}

/** Begun with a first step, over with a second. */
function stepping(key: string, fails: boolean, make: () => Generator<string> | AsyncGenerator<string>): Steps {
  let iteration: Generator<string> | AsyncGenerator<string>;
  return [
    async () => {
      iteration = make();
      return 'made';
    },
    async () => {
      expect(await iteration.next()).toEqual({ done: false, value: key });
      return 'at rest';
    },
    () => over(key, fails, async () => (await iteration.next()).value),
  ];
}
