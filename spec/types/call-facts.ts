/**
 * What functions of the call know, in either dialect: inferred where the function is at hand, said by the writer where
 * it is not. Compiled by both type checks, never run; nothing here needs `any`, a cast or `!`.
 */
import { type CallFacts, Counted, call, Gauged, InFlight, Timed, Traced, traced } from 'spandrel';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Compiles where both types are one and the same. */
const same = <A, B>(..._proof: Same<A, B> extends true ? [] : ['not the same', A, B]): true => true;

interface Row {
  readonly id: number;
}

class Refusal extends Error {
  readonly status: number = 403;
  private constructor() {
    super('refused');
  }
  static make(): Refusal {
    return new Refusal();
  }
}
abstract class Failure extends Error {}
class Hidden extends Failure {
  protected constructor() {
    super('hidden');
  }
}
const isRefusal = (error: unknown): error is Refusal => error instanceof Refusal;

/** Arguments, result, and what is not known as a call begins. */
export const plain = traced(
  {
    name: ({ args: [path], self }) => `read ${path.trim()} ${same<typeof self, unknown>()}`,
    links: ({ args: [path] }) => [{ traceparent: path.trim() }],
    parent: ({ args: [path, depth] }) => (depth === undefined ? 'active' : new Map([['traceparent', path]])),
    expected: (error) => error instanceof RangeError || same<typeof error, unknown>(),
    attributes: {
      length: ({ args: [path], result }) => path.length + (result ?? 0),
      exact: ({ args, result, error, durationMs }) => [
        same<typeof args, Parameters<(path: string, depth?: number) => void>>(),
        same<typeof result, number | undefined>(),
        same<typeof error, unknown>(),
        same<typeof durationMs, number | undefined>(),
      ],
    },
  },
  (path: string, depth?: number) => path.length + (depth ?? 0),
);
export const plainKept: true = same<typeof plain, (path: string, depth?: number) => number>();

/** What a promise is fulfilled with, and `this`. */
export const later = traced(
  {
    attributes: {
      size: ({ self, result }) => self.size + (result?.id ?? 0),
      exact: ({ self, result }) => [same<typeof self, Map<string, number>>(), same<typeof result, Row | undefined>()],
    },
  },
  async function later(this: Map<string, number>, id: number): Promise<Row> {
    return { id: id + this.size };
  },
);
export const laterKept: true = same<typeof later, (this: Map<string, number>, id: number) => Promise<Row>>();

/** What a generator returns. */
export const steps = traced(
  { attributes: { exact: ({ result }) => same<typeof result, 'done' | undefined>() } },
  function* steps(this: void, to: number): Generator<number, 'done', boolean> {
    for (let n = 0; n < to; n += 1) if (yield n) break;
    return 'done';
  },
);
export const asyncSteps = traced(
  { attributes: { exact: ({ result }) => same<typeof result, boolean | undefined>() } },
  async function* asyncSteps(this: void): AsyncGenerator<number, boolean> {
    yield 1;
    return true;
  },
);
export const promisedSteps = traced(
  { attributes: { exact: ({ result }) => same<typeof result, 'done' | undefined>() } },
  async (to: number) => steps(to),
);

/** A generic function is known by what its parameters extend; it stays generic. */
export const generic = traced(
  { attributes: { id: ({ args: [row] }) => row.id, exact: ({ result }) => same<typeof result, Row | undefined>() } },
  async <T extends Row>(row: T): Promise<T> => row,
);
export const narrow: Promise<{ readonly id: 1 }> = generic({ id: 1 });

/** Of overloads a call is one of them. */
function parse(text: string): string[];
function parse(value: number, radix: 10 | 16): number;
function parse(value: string | number, radix?: number): string[] | number {
  return typeof value === 'string' ? value.split('') : value + (radix ?? 0);
}
export const overloaded = traced(
  {
    attributes: {
      radix: ({ args }) => args[1],
      exact: ({ args, result }) => [
        same<typeof args, [text: string] | [value: number, radix: 10 | 16]>(),
        same<typeof result, string[] | number | undefined>(),
      ],
    },
  },
  parse,
);
export const overloadedKept: true = same<typeof overloaded, typeof parse>();

/** What a callback is called with. */
export const called = traced(
  { callback: 'last', attributes: { id: ({ result }) => (typeof result === 'object' ? result.id : undefined) } },
  (id: number, done: (error: Error | null, row: Row) => void): void => done(null, { id }),
);
export const calledAt = traced(
  { callback: 0, attributes: { exact: ({ result }) => same<typeof result, Row | undefined | boolean>() } },
  (done: ((error: unknown, row?: Row) => void) | undefined, id: number): boolean => done?.(null, { id }) === undefined,
);
export const named = traced(
  ({ args: [id] }) => `load ${id.toFixed()}`,
  (id: number) => id,
);

/** In an annotation, whose method the compiler does not see, a function says what it knows. */
export class Store {
  readonly region: string = 'eu';

  @Traced({
    name: ({ args: [path] }: CallFacts<[path: string]>) => path.trim(),
    parent: ({ args: [, headers] }: CallFacts<[path: string, headers: Headers]>) => headers,
    links: ({ args: [path] }: CallFacts<[path: string]>) => [{ traceparent: path }],
    attributes: {
      length: ({ args: [path] }: CallFacts<[path: string]>) => path.length,
      rows: ({ result }: CallFacts<readonly unknown[], Row[]>) => result?.length,
      region: ({ self }: CallFacts<[], unknown, Store>) => self.region,
      first: ({ args }) => same<typeof args, readonly unknown[]>(),
      mapped: call.arg(0).map((path: string) => path.length),
      twice: call
        .result()
        .map((rows: Row[]) => rows.map(({ id }) => id))
        .map((ids) => ids.join()),
      absent: process.env['REGION'],
    },
    expected: [Refusal, Failure, Hidden, RangeError, Error],
  })
  @Counted('facts.rows', { amount: ({ result }: CallFacts<[], Row[]>) => result?.length })
  @Timed('facts.time', { attributes: { slow: ({ durationMs = 0 }) => durationMs > 10 } })
  @InFlight('facts.flight', { attributes: { path: ({ args: [path] }: CallFacts<[path: string]>) => path } })
  read(path: string, headers: Headers): Row[] {
    return [{ id: path.length + [...headers].length }];
  }

  @Traced({ expected: isRefusal })
  guarded(): void {}
  @Traced({ expected: Refusal })
  refused(): void {}
  @Traced({ expected: Hidden })
  hidden(): void {}
  @Traced({ expected: (error: unknown) => isRefusal(error) && error.status === 403 })
  asked(): void {}
  @Traced({ expected: ({ status }: { status?: number }) => status === 404 })
  shaped(): void {}
  @Traced(({ args: [id] }: CallFacts<[id: number]>) => `store.${id.toFixed()}`)
  named(id: number): number {
    return id;
  }

  @Gauged('facts.size', { attributes: { region: ({ self }: CallFacts<[], number, Store>) => self.region } })
  get size(): number {
    return 1;
  }
}
