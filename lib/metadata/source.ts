/**
 * `call`: what an attribute is taken from. A source only says where to look; nothing is read until the woven method
 * runs. The same sources serve spans and metrics.
 */
import { SpandrelFault, shown } from '../faults/fault.js';

const brand = Symbol.for('spandrel.source');

/**
 * What is known as a call begins, as handed to the functions that are asked then: for a name, a parent, links. What
 * {@link CallFacts} has more is optional, so that a function of those will do here, too.
 */
export interface EntryFacts<Args extends readonly unknown[] = readonly unknown[], Self = unknown> {
  /** The arguments, as the caller gave them. */
  readonly args: Args;
  /** `this` of the call. */
  readonly self: Self;
}

/**
 * What is known of one call, as handed to a function given for an attribute. Such a function may say what it knows of the
 * calls it will see: `({ args: [path] }: CallFacts<[path: string]>) => path.length`.
 */
export interface CallFacts<Args extends readonly unknown[] = readonly unknown[], Result = unknown, Self = unknown>
  extends EntryFacts<Args, Self> {
  /** What the call gave: the value a promise resolved with, a generator's return value. `undefined` until then. */
  readonly result?: Result | undefined;
  /** What was thrown or rejected with; `undefined` when the call succeeded (or has not settled). */
  readonly error?: unknown;
  /** From entry to settling, in milliseconds; `undefined` until the call has settled. */
  readonly durationMs?: number | undefined;
}

/**
 * A function of the call. TypeScript takes the word of one that knows more of its calls than a declaration can, such as
 * the types of their arguments; hence the method, whose parameters it compares both ways.
 */
export type CallFunction<Value, Facts = CallFacts> = { of(facts: Facts): Value }['of'];

/** `'error'` when the call threw or rejected with something that `expected` does not call an answer. */
export type Outcome = 'success' | 'error';

/** Where a source looks: what comes after `call.` where it is written. */
export type SourceOrigin = 'arg' | 'result' | 'self' | 'error' | 'outcome';

/** Where the sources of what is known as a call begins look. */
export type EntryOrigin = 'arg' | 'self';

/** One place a value is taken from. Made by {@link call}; frozen. */
export class Source<T = unknown, From extends SourceOrigin = SourceOrigin> {
  /** Where it looks. */
  readonly from: From;
  /** Which argument, counted from 0; -1 for the other origins. */
  readonly index: number;
  /** Names and positions that lead from there to the value, in their order; empty for the thing itself. */
  readonly path: readonly string[];
  /** What was given to `map()`, in the order it is applied. */
  readonly maps: readonly ((value: never) => unknown)[];
  /** Never set: it lets TypeScript tell what the source yields. */
  declare readonly yields?: T;

  /** Unchecked: sources are made with {@link call}, which refuses what makes no sense. */
  constructor(from: From, index: number, path: readonly string[], maps: readonly ((value: never) => unknown)[]) {
    this.from = from;
    this.index = index;
    this.path = path;
    this.maps = maps;
    Object.freeze(this);
  }

  /**
   * The same source with a function applied to what was found. Not called when nothing was found (`undefined`).
   * A function that throws costs this one value and is reported once.
   */
  map<V extends T = T, U = unknown>(change: (value: V) => U): Source<U, From> {
    if (typeof change !== 'function') {
      throw badCall('map', 'a function', shown(change), 'a function of the value');
    }
    return new Source<U, From>(this.from, this.index, this.path, Object.freeze([...this.maps, change]));
  }

  /** As it was written, for faults and whoever reads records. */
  toJSON(): string {
    const inside = [
      ...(this.index < 0 ? [] : [this.index]),
      ...(this.path.length === 0 ? [] : [JSON.stringify(this.path.join('.'))]),
    ];
    return `call.${this.from}(${inside.join(', ')})${'.map(…)'.repeat(this.maps.length)}`;
  }
}
Object.defineProperty(Source.prototype, brand, { value: true });

/** Whether a value is a source, from whichever loaded copy of the package. */
export function isSource(value: unknown): value is Source {
  return typeof value === 'object' && value !== null && (value as { [brand]?: unknown })[brand] === true;
}

/**
 * Where an attribute's value comes from.
 *
 * A path is property names joined by dots, with `[0]` for positions: `'user.id'`, `'items[0].sku'`. A path that leads
 * nowhere leaves the attribute out.
 */
export const call = Object.freeze({
  /** The argument at `index` (from 0), or what `path` leads to in it. */
  arg: (index: number, path?: string): Source<unknown, 'arg'> => {
    if (!Number.isInteger(index) || index < 0)
      throw badCall('arg', 'the index', shown(index), 'the position of an argument: 0, 1, …');
    return new Source('arg', index, parsePath('arg', path), none);
  },
  /** What the call gave once settled, or what `path` leads to in it. Left out when the call failed. */
  result: (path?: string): Source<unknown, 'result'> => new Source('result', -1, parsePath('result', path), none),
  /** `this` of the call, or what `path` leads to in it. */
  self: (path?: string): Source<unknown, 'self'> => new Source('self', -1, parsePath('self', path), none),
  /** What was thrown, or what `path` leads to in it. Left out when the call succeeded. */
  error: (path?: string): Source<unknown, 'error'> => new Source('error', -1, parsePath('error', path), none),
  /** `'success'` or `'error'`. */
  outcome: (): Source<Outcome, 'outcome'> => new Source<Outcome, 'outcome'>('outcome', -1, none, none),
});

const none: readonly never[] = Object.freeze([]);

/** A name or a position, then any number of `.name` and `[0]`. */
const pathForm = /^(?:[^.[\]]+|\[\d+\])(?:\.[^.[\]]+|\[\d+\])*$/;

function parsePath(word: string, path: string | undefined): readonly string[] {
  if (path === undefined) return none;
  if (typeof path !== 'string' || !pathForm.test(path)) {
    throw badCall(word, 'the path', shown(path), 'a path such as "user.id" or "items[0].sku"');
  }
  return Object.freeze(path.split(/[.[\]]/).filter((part) => part !== ''));
}

function badCall(word: string, option: string, value: string, allowed: string): SpandrelFault {
  const annotation = word === 'map' ? 'map() of a source' : `call.${word}()`;
  return new SpandrelFault('SPANDREL_BAD_OPTION', '', { annotation, option, value, allowed });
}
