/**
 * The state that loaded copies of the package share, whatever version made it: what is missing is filled in, what is there
 * is kept, and what nobody here knows is left alone.
 */
import fc from 'fast-check';
import type * as processStates from '../../lib/metadata/process-state.js';
import type * as rosters from '../../lib/metadata/roster.js';
import type * as lates from '../../lib/weaving/late.js';
import { anotherCopy } from '../support/another-copy.js';
import type * as telemetries from '../support/recorded-telemetry.js';

const key = Symbol.for('spandrel.state.1');
const holder = globalThis as { [key]?: Record<string, unknown> };

/** The fields of the first version that was given to anybody. */
const known = {
  classes: () => new Set(),
  records: () => new WeakMap(),
  slots: () => new Set(),
  definitions: () => new Map(),
  instances: () => new WeakMap(),
  announcing: () => new WeakSet(),
  listener: () => undefined,
  telemetry: () => undefined,
};

/** A part of the package as a newly loaded copy has it. */
function loaded<T extends object>(path: string): T {
  let module: T | undefined;
  jest.isolateModules(() => {
    module = jest.requireActual<T>(path);
  });
  return module as T;
}

/** Loads the package, which no test may have done before the state is what it is to be. */
const telemetry = (): typeof telemetries => jest.requireActual('../support/recorded-telemetry.js');

test('any part of it may be missing, and any more may be there', () => {
  fc.assert(
    fc.property(
      fc.subarray(Object.keys(known) as (keyof typeof known)[]),
      fc.dictionary(
        fc.string().filter((name) => !Object.hasOwn(known, name) && name !== '__proto__'),
        fc.anything(),
      ),
      (there, more) => {
        const state: Record<string, unknown> = { ...more };
        for (const name of there) state[name] = known[name]();
        const before = { ...state };
        // As a plain property, it can go again.
        holder[key] = state;
        const { oneInProcess, processState } = loaded<typeof processStates>('../../lib/metadata/process-state.js');
        expect(processState()).toBe(state);
        for (const name of Object.keys(known)) expect(Object.hasOwn(state, name)).toBe(true);
        for (const [name, value] of Object.entries(before)) expect(Object.is(state[name], value)).toBe(true);
        const made = oneInProcess('a thing of the next version', () => ({}));
        const again = loaded<typeof processStates>('../../lib/metadata/process-state.js');
        expect(again.processState()).toBe(state);
        expect(again.oneInProcess('a thing of the next version', () => ({}))).toBe(made);
        delete holder[key];
      },
    ),
    { numRuns: 200 },
  );
});

test('a copy finds the state of an older one: the class it had met is woven', async () => {
  class Met {
    run(): string {
      return 'met';
    }
  }
  const element = Object.freeze({ kind: 'method', key: 'run', static: false });
  const record = Object.freeze({ annotation: 'traced', element, options: Object.freeze({ name: 'met' }) });
  holder[key] = {
    ...Object.fromEntries(Object.entries(known).map(([name, make]) => [name, make()])),
    classes: new Set([new WeakRef(Met)]),
    records: new WeakMap([[Met, [record]]]),
  };
  const { recorded, span } = telemetry();
  const { bootstrap, annotate, log, traced } = anotherCopy();
  recorded.start(bootstrap);
  try {
    traced('outer', () => {
      annotate({ outer: true });
      log.info('in it');
      return new Met().run();
    })();
    expect(await recorded.trees()).toEqual([
      span('outer', { at: 'outer', attributes: { outer: true } }, span('met', { at: 'Met.run' })),
    ]);
    expect(await recorded.logs()).toHaveLength(1);
  } finally {
    await recorded.stop();
  }
});

test('a call that could not be settled by one copy is settled by the next that ends in another', () => {
  const path = '../../lib/weaving/late.js';
  const [one, other] = [loaded<typeof lates>(path), loaded<typeof lates>(path)];
  const told: unknown[] = [];
  const call = {
    succeed: (value: unknown) => void told.push(['gave', value]),
    fail: (error: unknown) => void told.push(['threw', error]),
  };
  one.late.last = { call, threw: false, value: 1, next: one.late.last };
  one.late.last = { call, threw: true, value: 2, next: one.late.last };
  other.settleLate();
  one.settleLate();
  expect(told).toEqual([
    ['threw', 2],
    ['gave', 1],
  ]);
});

describe('what another version leaves behind', () => {
  const method = Object.freeze({ kind: 'method', key: 'run', static: false });
  const whole = Object.freeze({ kind: 'class', key: undefined, static: false });
  const source = (from: string): object =>
    Object.assign(Object.create({ [Symbol.for('spandrel.source')]: true }), { from, index: 0, path: [], maps: [] });
  const traced = {
    annotation: 'traced',
    element: method,
    options: { attributes: { kept: source('arg'), lost: source('moon') }, future: 1 },
  };
  const future = { annotation: 'weighed', element: method, options: { name: 'kilograms' } };
  const futureOfClass = { annotation: 'weighed', element: whole, options: {} };

  test.each([
    ['an unknown annotation beside a known one', [future, traced]],
    ['an unknown annotation of the class', [traced, futureOfClass]],
    ['an unknown annotation of the class and of the method', [future, traced, futureOfClass]],
    ['unknown sources and options', [traced]],
  ])('%s costs nothing else', async (_, records) => {
    class Ahead {
      run(given: string): string {
        return given;
      }
      other(): string {
        return 'other';
      }
    }
    const { other } = Ahead.prototype;
    const { recorded, span } = telemetry();
    const { bootstrap } = anotherCopy();
    loaded<typeof rosters>('../../lib/metadata/roster.js').enrol(Ahead, records as never);
    recorded.start(bootstrap);
    try {
      expect(new Ahead().run('x')).toBe('x');
      expect(Ahead.prototype.other).toBe(other);
      expect(await recorded.trees()).toEqual([span('Ahead.run', { attributes: { kept: 'x' } })]);
      expect(recorded.faults()).toEqual([]);
    } finally {
      await recorded.stop();
    }
  });
});
