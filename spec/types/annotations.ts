/**
 * Good uses of each word in either dialect: compiled by both type checks, never run. Whatever stands here needs no cast
 * and no `any` in the user's code.
 */
import type { Context } from '@opentelemetry/api';
import {
  type AttributeSources,
  annotate,
  bootstrap,
  type CallFacts,
  Counted,
  call,
  Gauged,
  InFlight,
  log,
  type Telemetry,
  Timed,
  Traced,
  traced,
  Untraced,
} from 'spandrel';

const tag: unique symbol = Symbol('tag');
const attributes: AttributeSources = { a: call.arg(0), b: 'text', c: ({ args }) => args.length, d: [1, 2], e: true };

class ParseError extends Error {
  readonly line: number;
  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

interface Row {
  readonly id: number;
}

@Traced({ include: ['sync', tag, /^get/], exclude: ['later'], inherited: true, prefix: 'types' })
@Counted('types.class', { exclude: [tag] })
@Timed('types.class.time')
@InFlight('types.class.flight')
export class Everything {
  #rows: Row[] = [];

  @Traced()
  nothing(): void {}

  @Traced('named')
  @Counted('types.count', { attributes, when: 'error', amount: call.result('length') })
  @Counted('types.count.again', { amount: ({ args }) => args.length })
  @Timed('types.time', { unit: 'ms', buckets: [1, 2, 3] })
  @InFlight('types.flight', { attributes: { first: call.arg(0) } })
  sync(first: string, second = 2, ...rest: readonly boolean[]): string[] {
    return [first, String(second), ...rest.map(String)];
  }

  @Traced({ name: ({ args }) => String(args[0]), kind: 'consumer', parent: call.arg(0, 'headers') })
  async later(message: { headers: Record<string, string> }): Promise<number> {
    return Object.keys(message.headers).length;
  }

  @Traced({ links: ({ args: [messages] }: CallFacts<[{ traceparent: string }[]]>) => messages, parent: 'root' })
  *steps(count: number): Generator<number, string, boolean> {
    for (let n = 0; n < count; n += 1) if (!(yield n)) break;
    return 'done';
  }

  @Traced({ expected: [ParseError, RangeError], attributes: { line: call.error('line') } })
  async *asyncSteps(): AsyncGenerator<string> {
    yield 'one';
  }

  @Traced({
    expected: (error) => error instanceof ParseError && error.line === 0,
    parent: ({ args: [, , context] }: CallFacts<[Row, string, Context?]>) => context,
  })
  generic<T extends Row, K extends keyof T>(this: Everything, row: T, name: K): T[K] {
    return row[name];
  }

  overloaded(value: string): string;
  overloaded(value: number, radix: number): string;
  @Traced({ attributes: { radix: call.arg(1).map((radix: number | undefined) => radix ?? 10) } })
  @Counted('types.overloaded')
  overloaded(value: string | number, radix?: number): string {
    return typeof value === 'string' ? value : value.toString(radix);
  }

  @Traced()
  predicate(value: unknown): value is string {
    return typeof value === 'string';
  }

  @Traced()
  chained(): this {
    return this;
  }

  @Untraced()
  [tag](): void {}

  @Traced()
  [Symbol.iterator](): Iterator<Row> {
    return this.#rows[Symbol.iterator]();
  }

  @Traced()
  protected guarded(rows: Row[]): void {
    this.#rows = rows;
    this.hidden();
  }

  @Traced()
  private hidden(): void {}

  @Gauged('types.rows', { unit: '{row}', combine: 'max', attributes: { size: call.self('size') } })
  @Timed('types.rows.time')
  @Traced()
  @Counted('types.rows.reads')
  get size(): number {
    return this.#rows.length;
  }
  set size(value: number) {
    this.#rows.length = value;
  }

  @Gauged('types.rows.method')
  count(): number {
    return this.#rows.length;
  }

  @Traced()
  static make(): Everything {
    return new Everything();
  }

  @Traced()
  static async load<T>(value: T): Promise<T> {
    return value;
  }

  @Gauged('types.static')
  static get total(): bigint {
    return 1n;
  }
}

@Traced()
@Counted('types.single')
export class Singleton {
  static readonly only = new Singleton();
  readonly name: string = 'only';
  private constructor() {}
  @Traced()
  static of(name: string): Singleton {
    void name;
    return Singleton.only;
  }
}

@Traced()
export abstract class Shape<Unit extends string = 'cm'> {
  readonly unit: Unit;
  protected constructor(unit: Unit) {
    this.unit = unit;
  }
  abstract area(): number;
  @Traced({ attributes: { unit: call.self('unit') } })
  describe(): `${number} ${Unit}` {
    return `${this.area()} ${this.unit}`;
  }
}

@Traced()
export class Square extends Shape<'m'> {
  readonly side: number;
  constructor(side: number) {
    super('m');
    this.side = side;
  }
  override area(): number {
    return this.side ** 2;
  }
}

/** A decorator kept in a variable, or made by a function of the user's. */
const counted = Counted('types.kept', { attributes });
const measured = (name: string): ReturnType<typeof Timed> => Timed(`types.${name}`);

export class Kept {
  @counted
  one(): void {}
  @counted
  @measured('two')
  async two(): Promise<void> {}
}

/** A wrapped function keeps its type. */
export const add: (a: number, b: number) => number = traced('add', (a: number, b: number) => a + b);
export const load = traced({ attributes: { id: call.arg(0) } }, async <T extends Row>(row: T): Promise<T> => row);
export const typed: Promise<{ id: 1 }> = load({ id: 1 as const });
export const steps: Generator<number> = traced({}, function* steps(): Generator<number> {
  yield 1;
})();
export const bound = traced({}, function bound(this: Square) {
  return this.side;
});
export const side: number = bound.call(new Square(1));

/** The sources know what they yield, as far as it can be known. */
export const outcome = call.outcome().map((word) => (word === 'error' ? 1 : 0));
export const length = call
  .arg(0)
  .map((text: string) => text.length)
  .map((count) => count + 1);

export async function main(): Promise<void> {
  await using telemetry: Telemetry = bootstrap({
    service: { name: 'types', version: '1' },
    export: { protocol: 'none' },
  });
  annotate({ anything: new Date(), nested: { a: [1] } });
  log.info('text');
  log.error('failed', new Error('x'));
  log.warn('failed', { error: new Error('x'), count: 1 });
  await telemetry.flush();
  await telemetry.shutdown({ timeoutMs: 100 });
}
