/**
 * Every option of every annotation with values it takes, and every place an annotation may stand on, as texts.
 */
import type { Dialect } from '../support/in-memory-program.js';

export interface Use {
  /** As it is called, up to its options. */
  readonly opening: string;
  /** The interface its options are checked against. */
  readonly options: string;
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly places: readonly Place[];
  readonly onClass: boolean;
}

interface Place {
  readonly code: string;
  readonly only?: Dialect;
}

const anything: readonly string[] = [
  `'text'`,
  '1',
  'true',
  'undefined',
  `['a', null, undefined]`,
  '[1, 2]',
  'call.arg(0)',
  `call.self('id').map(String)`,
  '({ args }) => args.length',
  '({ self }: CallFacts<[], unknown, { id: number }>) => self.id',
];
const atTheEnd = [
  'call.result()',
  `call.error('code')`,
  'call.outcome()',
  '({ result, error, durationMs }) => [result, error, durationMs]',
];
const attributes = (values: readonly string[]): string[] => values.map((value) => `{ 'some.name': ${value} }`);

const common = { unit: [`'By'`, 'undefined'], description: [`'what it is'`, 'undefined'] };

/** Options that select the methods of a class; the class they stand on has what they name. */
export const classOptions: Readonly<Record<string, readonly string[]>> = {
  include: [
    `['order']`,
    `['order', 'stop', 'hidden', 'guarded', tag, Symbol.iterator, /^get/]`,
    '[]',
    'names',
    'fixed',
    'undefined',
  ],
  exclude: [`['inherit', 'stop']`, `[/x/]`, 'names', 'undefined'],
  inherited: ['true', 'false', 'names.length > 0', 'undefined'],
};

export const methods: readonly Place[] = [
  { code: 'run(): void {}' },
  { code: 'run(this: void, text: string, ...more: number[]): number { return text.length + more.length; }' },
  { code: 'run<T extends object>(value: T): T { return value; }' },
  { code: 'async run(): Promise<string> { return ""; }' },
  { code: '*run(): Generator<number, string, boolean> { yield 1; return ""; }' },
  { code: 'async *run(): AsyncGenerator<number> { yield 1; }' },
  { code: 'run(): this { return this; }' },
  { code: 'run(value: unknown): value is string { return typeof value === "string"; }' },
  { code: 'run(value: unknown): asserts value { if (!value) throw new Error(); }' },
  { code: 'static run(): void {}' },
  { code: 'static async run<T>(value: T): Promise<T> { return value; }' },
  { code: '[tag](): void {}' },
  { code: 'static [Symbol.hasInstance](value: unknown): boolean { return value !== null; }' },
  { code: `'some name'(): void {}` },
  { code: 'protected run(): void {}' },
  { code: 'private run(): void {} again(): void { this.run(); }' },
  { code: '#run(): number { return 1; } again(): number { return this.#run(); }', only: 'standard' },
  { code: 'static #run(): number { return 1; } static again(): number { return this.#run(); }', only: 'standard' },
];

export const readings: readonly Place[] = [
  { code: 'get size(): number { return 1; }' },
  { code: 'get size(): bigint { return 1n; } set size(size: bigint) { void size; }' },
  { code: 'static get size(): number { return 1; }' },
  { code: 'get [tag](): number | undefined { return undefined; }' },
  { code: 'private get size(): number { return 1; } again(): number { return this.size; }' },
  { code: 'accessor size = 1;' },
  { code: 'static accessor size: number | null = null;' },
  { code: 'get #size(): number { return 1; } again(): number { return this.#size; }', only: 'standard' },
  { code: 'accessor #size = 1; again(): number { return this.#size; }', only: 'standard' },
];

const others: readonly Place[] = [
  { code: 'get text(): string { return ""; }' },
  { code: 'get handler(): () => void { return () => {}; }' },
  { code: 'accessor text: string | undefined;' },
];

const gauges: readonly Place[] = [
  ...readings,
  { code: 'size(): number { return 1; }' },
  { code: 'static size(this: void): bigint | null { return 1n; }' },
  { code: 'size(this: Shop): number { return 1; }' },
  { code: '#size(): number { return 1; } again(): number { return this.#size(); }', only: 'standard' },
];

const members = [...methods, ...readings, ...others];

export const uses: readonly Use[] = [
  {
    opening: 'Traced(',
    options: 'TracedOptions',
    values: {
      name: [
        '({ args }) => String(args[0])',
        `'shop.order'`,
        '({ args: [id] }: CallFacts<[id: string]>) => id',
        'undefined',
      ],
      kind: [`'internal'`, `'server'`, `'client'`, `'producer'`, `'consumer'`, 'undefined'],
      attributes: [...attributes([...anything, ...atTheEnd]), '{}', 'undefined'],
      links: [
        'call.self()',
        `call.arg(0, 'links')`,
        '[]',
        `[{ traceparent: '' }]`,
        '({ args }) => ({ 0: args[0] })',
        'undefined',
      ],
      parent: [
        `'active'`,
        `'root'`,
        `call.arg(0)`,
        `call.self('context')`,
        `() => 'root'`,
        '() => undefined',
        `() => new Map([['traceparent', '']])`,
        '({ args: [context] }: CallFacts<[Context]>) => context',
      ],
      expected: [
        'RangeError',
        '[RangeError, Abstract, Closed]',
        'Closed',
        'isClosed',
        '(error) => error instanceof Error',
        '({ status }: { status?: number }) => status === 404',
        'undefined',
      ],
      callback: ['undefined', `'last'`, '0', '2'],
    },
    places: members,
    onClass: true,
  },
  {
    opening: `Counted('shop.orders', `,
    options: 'CountedOptions',
    values: {
      ...common,
      attributes: attributes([...anything, ...atTheEnd]),
      amount: [
        '1',
        'call.arg(0)',
        `call.self('size')`,
        `call.result('length')`,
        'call.error().map(() => 1)',
        '({ args }) => args.length',
        '({ result }: CallFacts<[], string[]>) => result?.length',
        '() => 1n',
        'undefined',
      ],
      when: [`'settled'`, `'success'`, `'error'`, 'undefined'],
    },
    places: members,
    onClass: true,
  },
  {
    opening: `Timed('shop.time', `,
    options: 'TimedOptions',
    values: {
      unit: [`'s'`, `'ms'`, `'us'`, `'ns'`, 'undefined'],
      description: common.description,
      buckets: ['[1, 2, 3]', 'bounds', 'undefined'],
      attributes: attributes([...anything, ...atTheEnd]),
    },
    places: members,
    onClass: true,
  },
  {
    opening: `InFlight('shop.running', `,
    options: 'InFlightOptions',
    values: { ...common, attributes: attributes(anything) },
    places: methods,
    onClass: true,
  },
  {
    opening: `Gauged('shop.size', `,
    options: 'GaugedOptions',
    values: {
      ...common,
      combine: [`'sum'`, `'max'`, `'last'`, 'undefined'],
      attributes: attributes([
        `'text'`,
        'undefined',
        'call.self()',
        `call.self('id').map(String)`,
        '({ self }: CallFacts<[], number, { id: number }>) => self.id',
      ]),
    },
    places: gauges,
    onClass: false,
  },
  { opening: 'Untraced(', options: '', values: {}, places: methods, onClass: false },
];
