/**
 * The contract of weaving and advice: the user's code runs once whatever our side does, each `begin` is followed by one
 * `settled`, and what fails is reported and goes no further.
 */
import { of } from 'rxjs';
import { reported, restartReports } from '../../lib/faults/report.js';
import { enrol } from '../../lib/metadata/roster.js';
import { switchable } from '../../lib/metadata/slot.js';
import type { Advice, Advisor } from '../../lib/weaving/advice.js';
import { Lasting } from '../../lib/weaving/lasting.js';
import { Loom } from '../../lib/weaving/loom.js';

const told: string[] = [];
const looms: Loom[] = [];

beforeEach(() => {
  told.length = 0;
  restartReports(() => undefined);
});

afterEach(() => {
  for (const loom of looms.splice(0)) loom.stop();
  restartReports();
});

/** Tells of each moment; throws at those named. */
function telling(name: string, failsAt: string, inner = true): Advice<string> {
  const note = (moment: string): void => {
    told.push(`${name} ${moment}`);
    if (failsAt === moment) throw new Error(`${name} failed`);
  };
  return {
    begin() {
      note('begin');
      return name;
    },
    ...(inner && {
      within(_: string, attempt: { run(): void }) {
        note('within');
        attempt.run();
        note('after');
      },
    }),
    settled(state, call) {
      note(`settled ${state} ${call.outcome}`);
    },
  };
}

/** Fails at that moment of each call, and says nothing. */
function failing(name: string, moment: 'begin' | 'settled' | 'withdrawn'): Advice<string> {
  const fail = (): never => {
    throw new Error(`${name} failed`);
  };
  return { begin: () => name, settled() {}, [moment]: fail };
}

function weaveWith(...advice: Advice<string>[]): Loom {
  const advisor: Advisor = {
    adviceFor: () => advice as Advice[],
    classWoven: () => undefined,
    ambient: () => undefined,
    resume: (_ambient, attempt) => attempt.run(),
    lasting: new Lasting(1000),
  };
  const loom = new Loom(advisor);
  looms.push(loom);
  loom.start();
  return loom;
}

const record = { annotation: 'traced', element: { kind: 'function', key: 'run', static: false }, options: {} } as const;

function woven(body: () => unknown): () => unknown {
  return switchable(body, [record]) as () => unknown;
}

test('outermost first on the way in, innermost first on the way out; the innermost runs the call', () => {
  weaveWith(telling('outer', ''), telling('inner', ''));
  expect(woven(() => void told.push('body'))()).toBeUndefined();
  expect(told).toEqual([
    ...['outer begin', 'inner begin', 'inner within', 'body', 'inner after'],
    ...['inner settled inner success', 'outer settled outer success'],
  ]);
});

test.each([
  ['begin', ['outer begin', 'inner begin', 'outer within', 'body', 'outer after', 'outer settled outer success']],
  [
    'within',
    [
      'outer begin',
      'inner begin',
      'inner within',
      'body',
      'inner settled inner success',
      'outer settled outer success',
    ],
  ],
  [
    'after',
    [
      'outer begin',
      'inner begin',
      'inner within',
      'body',
      'inner after',
      'inner settled inner success',
      'outer settled outer success',
    ],
  ],
  [
    'settled inner success',
    [
      'outer begin',
      'inner begin',
      'inner within',
      'body',
      'inner after',
      'inner settled inner success',
      'outer settled outer success',
    ],
  ],
])('an advice that fails at %s costs itself, once reported', (moment, expected) => {
  weaveWith(telling('outer', ''), telling('inner', moment));
  const run = woven(() => {
    told.push('body');
    return 'untouched';
  });
  expect(run()).toBe('untouched');
  expect(told).toEqual(expected);
  expect(reported().map(({ code, where, count }) => [code, where, count])).toEqual([
    ['SPANDREL_ADVICE_FAILED', 'run', 1],
  ]);
});

test('the outer one may fail to begin, too: it takes no further part', () => {
  weaveWith(telling('outer', 'begin'), telling('inner', ''));
  woven(() => void told.push('body'))();
  expect(told).toEqual([
    ...['outer begin', 'inner begin', 'inner within', 'body', 'inner after'],
    'inner settled inner success',
  ]);
});

test('an advice that runs nothing inside itself leaves that to the one outside it', () => {
  weaveWith(telling('outer', ''), telling('beside', '', false));
  woven(() => void told.push('body'))();
  expect(told.slice(0, 5)).toEqual(['outer begin', 'beside begin', 'outer within', 'body', 'outer after']);
});

test.each(['begin', 'settled', 'withdrawn'] as const)('each that fails at %s is told of', (moment) => {
  weaveWith(failing('one', moment), failing('two', moment));
  if (moment === 'withdrawn') woven(() => of(1))();
  else woven(() => 1)();
  const [fault] = reported();
  expect([reported().length, fault?.count, fault?.first]).toEqual([
    1,
    2,
    expect.stringMatching(/one failed|two failed/),
  ]);
});

test.each([1, 2, 3, 4, 5])('%i that cannot begin are told nothing more', (count) => {
  const settled = jest.fn();
  const advice = Array.from({ length: count }, (_, i) => ({ ...failing(`number ${i}`, 'begin'), settled }));
  weaveWith(...advice, telling('last', ''));
  woven(() => void told.push('body'))();
  expect(told).toEqual(['last begin', 'last within', 'body', 'last after', 'last settled last success']);
  expect(settled).not.toHaveBeenCalled();
});

test('an advice alone that cannot begin, and one that runs the call twice', () => {
  const settled = jest.fn();
  weaveWith({ ...failing('only', 'begin'), settled });
  expect(woven(() => 'given')()).toBe('given');
  expect(settled).not.toHaveBeenCalled();
  for (const loom of looms.splice(0)) loom.stop();
  weaveWith({
    begin: () => 'twice',
    within(_, work) {
      for (const one of [work, work]) one.run();
    },
    settled() {},
  });
  woven(() => void told.push('body'))();
  expect(told).toEqual(['body']);
});

test('a generator whose advice fails goes on', () => {
  weaveWith(telling('only', 'within'));
  const steps = woven(function* () {
    yield 1;
  } as never) as unknown as () => Generator<number>;
  expect([...steps()]).toEqual([1]);
  expect(told).toEqual(['only begin', 'only within', 'only within', 'only settled only success']);
  expect(reported().map(({ code, where, count, first }) => [code, where, count, /only failed/.test(first)])).toEqual([
    ['SPANDREL_ADVICE_FAILED', 'run', 2, true],
  ]);
});

test('an advice that ran out of stack says so once a site, anything else each time', () => {
  const overflowing: Advice = {
    begin() {
      throw new RangeError('Maximum call stack size exceeded');
    },
    settled() {},
  };
  weaveWith(overflowing as Advice<string>, failing('other', 'begin'));
  const run = woven(() => 1);
  for (let i = 0; i < 3; i += 1) run();
  expect(reported().map(({ code, where, count }) => [code, where, count])).toEqual([
    ['SPANDREL_ADVICE_FAILED', 'run', 4],
  ]);
});

test('what the body throws passes, whatever the advice does', () => {
  weaveWith(telling('only', 'after'));
  const thrown = new Error('theirs');
  expect(() =>
    woven(() => {
      throw thrown;
    })(),
  ).toThrow(thrown);
  expect(told.at(-1)).toBe('only settled only error');
});

test('once the loom has stopped, nothing held on to is advised any more', () => {
  const loom = weaveWith(telling('only', ''));
  const run = woven(() => 'bare');
  loom.stop();
  expect(run()).toBe('bare');
  expect(told).toEqual([]);
});

test('a stand-in taken off a class before is no exception', () => {
  class Held {
    run(): string {
      return 'bare';
    }
  }
  enrol(Held, [{ ...record, element: { kind: 'method', key: 'run', static: false } }]);
  const loom = weaveWith(telling('only', ''));
  const { run } = Held.prototype;
  expect(run()).toBe('bare');
  expect(told).toHaveLength(4);
  loom.stop();
  expect(run()).toBe('bare');
  expect(told).toHaveLength(4);
});
