/**
 * Every declaration mistake is a fault of the catalogue, thrown where it was written: code, place, what, consequence,
 * remedy.
 */
import { Counted, call, Gauged, InFlight, Timed } from 'spandrel';
import { catalogue, type FaultCode } from '../../lib/faults/catalogue.js';
import { bad, expectFault } from '../support/declaration-mistake.js';
import { faultOf } from '../support/thrown-by.js';
import { conflictMistakes } from './conflict-mistakes.js';
import { contradictionMistakes } from './contradiction-mistakes.js';
import { optionMistakes } from './option-mistakes.js';
import { placeMistakes } from './place-mistakes.js';

test.each(optionMistakes)('%s', (...mistake) => expectFault(mistake, 'option-mistakes.ts'));
test.each(placeMistakes)('%s', (...mistake) => expectFault(mistake, 'place-mistakes.ts'));
test.each(conflictMistakes)('%s', (...mistake) => expectFault(mistake, 'conflict-mistakes.ts'));
test.each(contradictionMistakes)('%s', (...mistake) => expectFault(mistake, 'contradiction-mistakes.ts'));

const mistakes = [...optionMistakes, ...placeMistakes, ...conflictMistakes, ...contradictionMistakes];

test('every declaration fault of the catalogue can be raised', () => {
  const declared = (Object.keys(catalogue) as FaultCode[]).filter((code) => catalogue[code].kind === 'declaration');
  expect([...new Set(mistakes.map(([, , code]) => code))].sort()).toEqual(declared.sort());
});

test('what is left out counts as its default, and a description need only be said once', () => {
  class Same {
    @Timed('faults.same.time', { unit: 's' })
    @Counted('faults.same.count', { description: 'Said' })
    @Gauged('faults.same.gauge', { combine: 'sum' })
    @InFlight('faults.same.flight', { unit: '{call}' })
    one(): number {
      return 1;
    }
    @Timed('faults.same.time')
    @Counted('faults.same.count')
    @Gauged('faults.same.gauge')
    @InFlight('faults.same.flight')
    two(): number {
      return 1;
    }
  }
  expect(Same.name).toBe('Same');
});

test('a fault leaves the class’s other annotations as they were', () => {
  expect(() => {
    class Placed {
      @Counted('faults.left', { unit: '{a}' })
      @Counted(bad(''))
      run(): void {}
    }
    return Placed;
  }).toThrow('SPANDREL_METRIC_NAME');
  class Other {
    @Counted('faults.left', { unit: '{b}' })
    run(): void {}
  }
  expect(Other.name).toBe('Other');
});

test.each([
  ['call.arg()', () => call.arg(-1), 'the index = -1'],
  ['call.arg()', () => call.arg(1.5), 'the index = 1.5'],
  ['call.arg()', () => call.arg('0' as never), 'the index = "0"'],
  ['call.arg()', () => call.arg(0, ''), 'the path = ""'],
  ['call.result()', () => call.result('a..b'), 'the path = "a..b"'],
  ['call.self()', () => call.self('.a'), 'the path = ".a"'],
  ['call.error()', () => call.error('a[b]'), 'the path = "a[b]"'],
  ['call.error()', () => call.error('a[0]b'), 'the path = "a[0]b"'],
  ['call.result()', () => call.result(5 as never), 'the path = 5'],
  ['map() of a source', () => call.arg(0).map('upper' as never), 'a function = "upper"'],
])('%s given something impossible (%#)', (word, make, what) => {
  const fault = faultOf(make);
  expect([fault.code, fault.what]).toEqual(['SPANDREL_BAD_OPTION', `${word} was given ${what}`]);
});
