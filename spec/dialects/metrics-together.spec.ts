/**
 * Metrics that stand on one method: those that take their attributes from the same places are read for together, which
 * nobody should be able to tell but by how often a source is asked.
 */
import { type CallFacts, Counted, call, InFlight, Timed } from 'spandrel';
import { recorded } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

let asked = 0;
const shared = (facts: CallFacts): unknown => {
  asked += 1;
  return facts.args[0];
};
const loud = (text: string): string => text.toUpperCase();

class Work {
  @Counted('together.calls', { attributes: { kind: call.arg(0), fixed: 'one' } })
  @Counted('together.failures', { when: 'error', attributes: { fixed: 'two', kind: call.arg(0) } })
  @Counted('together.results', { when: 'success', amount: call.result(), attributes: { kind: call.arg(0) } })
  @Counted('together.sizes', { amount: call.arg(1), attributes: { kind: call.arg(0) } })
  @Timed('together.duration', { attributes: { kind: call.arg(0) } })
  @InFlight('together.running', { attributes: { kind: call.arg(0) } })
  all(_kind: string, size: unknown, failure?: unknown): unknown {
    if (failure !== undefined) throw failure;
    return size;
  }

  @Counted('together.shared.calls', { attributes: { kind: shared } })
  @Timed('together.shared.duration', { attributes: { kind: shared } })
  sharing(_kind: string): void {}

  @Counted('together.other.name', { attributes: { kind: call.arg(0) } })
  @Timed('together.other.names', { attributes: { sort: call.arg(0) } })
  @Counted('together.other.path', { attributes: { kind: call.arg(0, 'length') } })
  @Timed('together.other.map', { attributes: { kind: call.arg(0).map(loud) } })
  @Timed('together.other.argument', { attributes: { kind: call.arg(1) } })
  @Timed('together.other.count', { attributes: { kind: call.arg(0), more: call.arg(1) } })
  @Timed('together.other.none')
  others(_kind: string, _more: string): void {}
}

test('each metric is as it would be alone', async () => {
  const work = new Work();
  work.all('a', 2);
  work.all('a', 3n);
  work.all('b', 'no number');
  expect(() => work.all('b', 4, new TypeError('no'))).toThrow('no');
  expect(await recorded.points('together.calls')).toEqual([
    [{ 'error.type': 'TypeError', fixed: 'one', kind: 'b' }, 1],
    [{ fixed: 'one', kind: 'a' }, 2],
    [{ fixed: 'one', kind: 'b' }, 1],
  ]);
  expect(await recorded.points('together.failures')).toEqual([
    [{ 'error.type': 'TypeError', fixed: 'two', kind: 'b' }, 1],
  ]);
  expect(await recorded.points('together.results')).toEqual([[{ kind: 'a' }, 5]]);
  expect(await recorded.points('together.sizes')).toEqual([
    [{ 'error.type': 'TypeError', kind: 'b' }, 4],
    [{ kind: 'a' }, 5],
  ]);
  expect(await recorded.points('together.duration')).toEqual([
    [{ 'error.type': 'TypeError', kind: 'b' }, 1],
    [{ kind: 'a' }, 2],
    [{ kind: 'b' }, 1],
  ]);
  expect(await recorded.points('together.running')).toEqual([
    [{ kind: 'a' }, 0],
    [{ kind: 'b' }, 0],
  ]);
});

test('a function that both are given is asked once a call', async () => {
  asked = 0;
  new Work().sharing('a');
  expect(asked).toBe(1);
  expect(await recorded.points('together.shared.calls')).toEqual([[{ kind: 'a' }, 1]]);
  expect(await recorded.points('together.shared.duration')).toEqual([[{ kind: 'a' }, 1]]);
});

test('other names and other places stay apart', async () => {
  new Work().others('abc', 'x');
  const expected = {
    name: { kind: 'abc' },
    names: { sort: 'abc' },
    path: { kind: 3 },
    map: { kind: 'ABC' },
    argument: { kind: 'x' },
    count: { kind: 'abc', more: 'x' },
    none: {},
  };
  for (const [name, attributes] of Object.entries(expected)) {
    expect(await recorded.points(`together.other.${name}`)).toEqual([[attributes, 1]]);
  }
});
