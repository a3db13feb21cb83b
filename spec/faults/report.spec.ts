/**
 * Runtime faults: told once for each code and place, counted every time, and never thrown.
 */
import { guard } from '../../lib/faults/guard.js';
import { messageOf, report, reported, restartReports } from '../../lib/faults/report.js';

afterEach(() => restartReports());

test('told once a place, counted each time, most frequent first', () => {
  const told: string[] = [];
  restartReports((sentence) => told.push(sentence));
  report('SPANDREL_NOT_WOVEN', 'A.one', { reason: 'frozen' });
  for (let n = 0; n < 3; n += 1) report('SPANDREL_NOT_WOVEN', 'A.two', { reason: `reason ${n}` });
  report('SPANDREL_ADVICE_FAILED', 'A.one', { error: 'x' });
  expect(told).toHaveLength(3);
  expect(told[1]).toBe(
    'SPANDREL_NOT_WOVEN: A.two: the element could not be replaced: reason 0. So its calls are not seen. ' +
      'Remedy: annotate before the class is frozen, or leave the property configurable. ' +
      'See docs/reference/faults.md#spandrel_not_woven',
  );
  expect(reported().map(({ code, where, count }) => [code, where, count])).toEqual([
    ['SPANDREL_NOT_WOVEN', 'A.two', 3],
    ['SPANDREL_NOT_WOVEN', 'A.one', 1],
    ['SPANDREL_ADVICE_FAILED', 'A.one', 1],
  ]);
  restartReports();
  expect(reported()).toEqual([]);
});

test('beyond a thousand places the rest is counted together; those known keep their count', () => {
  restartReports(() => undefined);
  for (let n = 0; n < 1500; n += 1) report('SPANDREL_ADVICE_FAILED', `Place.${n}`, {});
  report('SPANDREL_ADVICE_FAILED', 'Place.0', {});
  const all = reported();
  expect(all).toHaveLength(1001);
  expect(all.slice(0, 2).map(({ where, count }) => [where, count])).toEqual([
    ['', 500],
    ['Place.0', 2],
  ]);
});

test('of several things that fail at one place each is told, up to a bound, and all are counted as one', () => {
  const told: string[] = [];
  restartReports((sentence) => told.push(sentence));
  for (let n = 0; n < 100; n += 1) {
    report('SPANDREL_OPTION_FAILED', 'A.one', { what: `option ${n % 50}`, error: 'x' });
  }
  expect(told).toHaveLength(20);
  expect(told.at(-1)).toContain('A.one: the option 19 function threw: x.');
  expect(reported()).toEqual([
    { code: 'SPANDREL_OPTION_FAILED', where: 'A.one', count: 100, first: expect.stringContaining('option 0') },
  ]);
});

test('an error is told by its message, whatever that is', () => {
  const told: string[] = [];
  restartReports((sentence) => told.push(sentence));
  const odd = (message: unknown): Error => Object.defineProperty(new Error('x'), 'message', { value: message });
  const unspeakable = {
    toString(): string {
      throw new Error('no words');
    },
  };
  for (const [index, message] of [7, Symbol('mark'), undefined, unspeakable].entries()) {
    report('SPANDREL_ADVICE_FAILED', `Place.${index}`, { error: messageOf(odd(message)) });
  }
  expect(told.map((sentence) => /threw: (.*?)\. So/.exec(sentence)?.[1])).toEqual([
    ...['7', 'Symbol(mark)', 'undefined', '(an error without words)'],
  ]);
});

test('a sink that throws is the end of it', () => {
  restartReports(() => {
    throw new Error('no sink');
  });
  expect(() => report('SPANDREL_ADVICE_FAILED', 'A.b', {})).not.toThrow();
  expect(reported()).toHaveLength(1);
});

test('guard gives the result, or what stands in for it', () => {
  const told: string[] = [];
  restartReports((sentence) => told.push(sentence));
  expect(guard('SPANDREL_ADVICE_FAILED', 'A.b', '', () => 1, 2)).toBe(1);
  expect(
    guard(
      'SPANDREL_NOT_WOVEN',
      'A.b',
      '',
      () => {
        throw new Error('too late');
      },
      2,
    ),
  ).toBe(2);
  expect(told).toEqual([expect.stringContaining('the element could not be replaced: too late')]);
});
