/** Durations and numbers as a person says them. */
import { durationText } from '../../lib/terminal/duration-text.js';
import { countOf, wholeText } from '../../lib/terminal/figures.js';
import { numberText, quantityText } from '../../lib/terminal/number-text.js';

describe('durations', () => {
  it.each([
    [0, '0 s'],
    [420e-9, '420 ns'],
    [0.5e-9, '0.5 ns'],
    [999.7e-9, '1 µs'],
    [780e-6, '780 µs'],
    [1.5e-3, '1.5 ms'],
    [45.6e-3, '45.6 ms'],
    [0.9994, '999 ms'],
    [0.9996, '1 s'],
    [1.2345, '1.23 s'],
    [9.999, '10 s'],
    [59.9, '59.9 s'],
    [59.96, '1 min 00 s'],
    [125.4, '2 min 05 s'],
    [3_599.7, '1 h 00 min'],
    [3_725, '1 h 02 min'],
    [86_399.8, '1 d 00 h'],
    [90_000, '1 d 01 h'],
    [8_553_600, '99 d 00 h'],
    [8_640_000, '100 d'],
    [86_400_000, '1,000 d'],
    [1e300, '1.16e+295 d'],
    [-0.25, '-250 ms'],
    [Number.NaN, '?'],
    [Infinity, '∞'],
  ])('%d seconds: %s', (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });
});

describe('numbers', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [7, '7'],
    [2_991, '2,991'],
    [-1_234_567, '-1,234,567'],
    [0.5, '0.5'],
    [12.345, '12.3'],
    [1_234.56, '1,235'],
    [0.000123, '1.23e-4'],
    [1.5e21, '1.50e+21'],
    [Number.NaN, 'NaN'],
    [-Infinity, '-∞'],
  ])('%d: %s', (value, text) => {
    expect(numberText(value)).toBe(text);
  });

  it('counts things', () => {
    expect([wholeText(1e6), countOf(1, 'span'), countOf(0, 'span'), countOf(2_991, 'span')]).toEqual([
      '1,000,000',
      '1 span',
      '0 spans',
      '2,991 spans',
    ]);
  });

  it.each([
    [1_536, 'By', '1.5 KiB'],
    [512, 'By', '512 B'],
    [1_023.7, 'By', '1 KiB'],
    [123_456_789, 'By', '118 MiB'],
    [5 * 1_024 ** 3, 'By', '5 GiB'],
    [-2_048, 'By', '-2 KiB'],
    [0.0123, 's', '12.3 ms'],
    [1_500, 'ms', '1.5 s'],
    [90, 'min', '1 h 30 min'],
    [40.5, '%', '40.5 %'],
    [12, '{file}', '12'],
    [12, '', '12'],
    [12, 'constructor', '12'],
    [Infinity, 's', '∞'],
    [Number.NaN, 'By', 'NaN'],
  ])('%d in %j: %s', (value, unit, text) => {
    expect(quantityText(value, unit)).toBe(text);
  });
});
