/**
 * Turns a source into a function of the call, once, at weave time. What it returns may throw (a getter, a user's
 * function): whoever calls it guards.
 */
import { answered } from './answered.js';
import { type CallFacts, type CallFunction, isSource, type Outcome, type Source, type SourceOrigin } from './source.js';

/** The facts of a call together with how it ended. */
export interface SettledCall extends CallFacts {
  readonly outcome: Outcome;
}

/** Reads one value of a call; `undefined` leaves it out. */
export type Reader = (call: SettledCall) => unknown;

/** When a value can be read: before the user's code runs, or only after it settled. */
export type Moment = 'entry' | 'settled';

const origins: { readonly [O in SourceOrigin]?: (source: Source) => Reader } = {
  arg:
    ({ index }) =>
    (call) =>
      call.args[index],
  result: () => (call) => call.result,
  self: () => (call) => call.self,
  error: () => (call) => call.error,
  outcome: () => (call) => call.outcome,
};

/** A reader for a source, a function of the facts, or a literal. */
export function readerOf(given: unknown): Reader {
  if (typeof given === 'function') return (call) => askedOf(given as CallFunction<unknown>, call);
  if (!isSource(given)) return () => given;
  // Another version of the package may know origins that this one does not: they have nothing to say here.
  const found = withPath(origins[given.from]?.(given) ?? (() => undefined), given.path);
  return given.maps.reduce<Reader>(
    (read, map) => (call) => {
      const value = read(call);
      return value === undefined ? undefined : answered(map(value as never));
    },
    found,
  );
}

/** What a function of the user's says of a call. It gets the facts alone: nothing it does to them reaches the call. */
export function askedOf<T>(given: CallFunction<T>, call: CallFacts): T {
  const { args, self, result, error, durationMs } = call;
  return answered(given({ args: [...args], self, result, error, durationMs }));
}

/** Arguments and `this` are read on entry, as the caller gave them; the rest is known only when the call has settled. */
export function momentOf(given: unknown): Moment {
  if (typeof given === 'function') return 'settled';
  if (!isSource(given)) return 'entry';
  return given.from === 'arg' || given.from === 'self' ? 'entry' : 'settled';
}

function withPath(read: Reader, path: readonly string[]): Reader {
  if (path.length === 0) return read;
  return (call) => {
    let value = read(call);
    for (const part of path) {
      if (value === undefined || value === null) return undefined;
      value = (value as Record<string, unknown>)[part];
    }
    return value;
  };
}
