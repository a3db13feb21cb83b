/**
 * How often a call site has to ask its instrument for a series: once for each that it may keep.
 */
import type { Attributes } from '@opentelemetry/api';
import { call } from 'spandrel';
import { FoundSeries } from '../../lib/advice/found-series.js';
import type { AdvisedCall } from '../../lib/weaving/advice.js';
import { callSite } from '../../lib/weaving/call-site.js';

const place = callSite(undefined, { kind: 'function', key: 'work', static: false }, []);

function advised(args: readonly unknown[], error?: unknown): AdvisedCall {
  return {
    site: place,
    args,
    self: undefined,
    result: undefined,
    error,
    outcome: error === undefined ? 'success' : 'error',
    durationMs: 1,
    startedAt: 0,
    endedAt: 1,
    origin: undefined,
    abandoned: false,
  };
}

function site(sources: Readonly<Record<string, unknown>>) {
  const instrument = { lettingsGo: 0, asked: [] as Attributes[] };
  const series = new FoundSeries<Attributes>(sources, 'spec', {
    find(read, errorType) {
      instrument.asked.push(read);
      return errorType === undefined ? read : { ...read, 'error.type': errorType };
    },
    keeps: ({ a }) => a !== 'over',
    lettingsGo: () => instrument.lettingsGo,
  });
  const run = (args: readonly unknown[], error?: unknown): Attributes => {
    const settled = advised(args, error);
    return series.settled(series.readsOnEntry ? series.entered(settled) : undefined, settled);
  };
  return { instrument, series, run };
}

test('a site that reads nothing asks once, and once for each kind of failure', () => {
  const { instrument, series, run } = site({ fixed: 'x' });
  expect(series.readsOnEntry).toBe(false);
  for (let i = 0; i < 3; i += 1) {
    expect(run([])).toEqual({});
    expect(run([], new TypeError('no'))).toEqual({ 'error.type': 'TypeError' });
    expect(run([], new RangeError('no'))).toEqual({ 'error.type': 'RangeError' });
  }
  expect(instrument.asked).toHaveLength(3);
});

test('one that reads asks once for each set of values, of whatever kind', () => {
  const { instrument, series, run } = site({ a: call.arg(0), late: call.outcome(), b: call.arg(1), none: call.arg(9) });
  expect(series.readsOnEntry).toBe(true);
  const sets = [
    ['x', 1],
    ['x', '1'],
    ['x', undefined],
    [undefined, 'x'],
    [['x'], 1],
    ['["x"]', 1],
    [0, true],
    [-0, true],
  ];
  for (let i = 0; i < 3; i += 1) {
    for (const [a, b] of sets) {
      const expected = { ...(a === undefined ? {} : { a }), ...(b === undefined ? {} : { b }), late: 'success' };
      expect(JSON.parse(JSON.stringify(run([a, b])))).toEqual(JSON.parse(JSON.stringify(expected)));
    }
  }
  // Minus zero is told as zero.
  expect(instrument.asked).toHaveLength(sets.length - 1);
});

test('what shares a series for want of room is not kept', () => {
  const { instrument, run } = site({ a: call.arg(0) });
  for (let i = 0; i < 3; i += 1) run(['over']);
  expect(instrument.asked).toHaveLength(3);
  for (let i = 0; i < 3; i += 1) run(['x']);
  expect(instrument.asked).toHaveLength(4);
});

test('it keeps a bounded number, and gives up what it has when its instrument does', () => {
  const { instrument, run } = site({ a: call.arg(0) });
  for (let id = 0; id < 2000; id += 1) run([id]);
  for (let id = 0; id < 2000; id += 1) run([id]);
  expect(instrument.asked).toHaveLength(2000);
  run(['one more']);
  run([0]);
  run([0]);
  expect(instrument.asked).toHaveLength(2002);
  instrument.lettingsGo += 1;
  run([0]);
  expect(instrument.asked).toHaveLength(2002);
  run(['new']);
  run([0]);
  run([0]);
  expect(instrument.asked).toHaveLength(2004);
});
