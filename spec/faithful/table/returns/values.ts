/**
 * Values that are given back at once: the call ends as they are returned, and they are the very ones.
 */
import type { Journal } from '../journal.js';
import { type Outcome, ofKind, type Scenario } from '../scenario.js';

const primitives = [undefined, null, true, 0, -0, Number.NaN, 1n, '', 'text', Symbol.for('value')];

class Plain {}

const objects: Readonly<Record<string, () => unknown>> = {
  'an array': () => [1],
  'an object': () => ({ a: 1 }),
  'an object without a prototype': () => Object.create(null) as unknown,
  'a frozen object': () => Object.freeze({}),
  'an instance': () => new Plain(),
  'a class': () => Plain,
  'an arrow function': () => () => 1,
  'an async function, not called': () => async () => 1,
  'a generator function, not called': () =>
    function* () {
      yield 1;
    },
  'an error, not thrown': () => new RangeError('given'),
  'a map': () => new Map([[1, 2]]),
  'a set': () => new Set([1]),
  'a date': () => new Date(0),
  'a buffer': () => Buffer.from('bytes'),
  'a bound function': () => (() => 1).bind(undefined),
  'a weak reference': () => new WeakRef({}),
  'the prototype of generators': () => Object.getPrototypeOf(function* () {}) as unknown,
  'the prototype of promises': () => Promise.prototype,
  'a response without a body': () => new Response(null),
};

const giving = (name: string, make: (journal: Journal) => unknown): Outcome => {
  const isText = (value: unknown): boolean => typeof value !== 'object' && typeof value !== 'function';
  const sample = make({ label: <T>(value: T) => value } as unknown as Journal);
  return {
    outcome: name,
    body: (journal) =>
      function (first, _second) {
        // biome-ignore lint/complexity/noArguments: it is what is tested
        journal.begin(this, [...arguments]);
        const value = make(journal);
        if (!isText(value)) journal.label(value, 'the value');
        journal.in('gives', value, first);
        return value;
      },
    use(invoke, journal) {
      journal.out('got', invoke());
    },
    calls: [{ result: { value: sample } }],
  };
};

export const values: readonly Scenario[] = ofKind('a value', {}, [
  ...primitives.map((value) => giving(Object.is(value, -0) ? '-0' : String(value), () => value)),
  ...Object.entries(objects).map(([name, make]) => giving(name, make)),
]);
