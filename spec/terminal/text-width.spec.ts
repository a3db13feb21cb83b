/** Columns a text takes, and cutting it. */
import fc from 'fast-check';
import { chunks, padded, truncate, truncateMiddle, truncateStart, widthOf } from '../../lib/terminal/text-width.js';
import { visible } from '../../lib/terminal/visible.js';

describe('width', () => {
  it.each([
    ['', 0],
    ['plain', 5],
    ['naïve', 5],
    ['nai\u0308ve', 5],
    ['日本語', 6],
    ['ｆｕｌｌ', 8],
    ['ﾊﾝｶｸ', 4],
    ['한국', 4],
    ['\u1112\u1161\u11ab', 2],
    ['𠀀', 2],
    ['👍', 2],
    ['👍🏽', 2],
    ['👨‍👩‍👧', 2],
    ['🇬🇧', 2],
    ['❤', 1],
    ['❤️', 2],
    ['1️⃣', 2],
    ['नि', 2],
    ['\u0301', 0],
    ['│├└─█▏…✗↳≈', 10],
  ])('of %j is %d', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });
});

describe('cutting', () => {
  it('leaves what fits', () => {
    for (const cut of [truncate, truncateStart, truncateMiddle]) {
      expect(cut('exact', 5)).toBe('exact');
      expect(cut('日本', 4)).toBe('日本');
    }
  });

  it('shows where something is missing', () => {
    expect(truncate('parseltongue', 6)).toBe('parse…');
    expect(truncateStart('parseltongue', 6)).toBe('…ongue');
    expect(truncateMiddle('parseltongue', 6)).toBe('pa…gue');
    expect(truncate('parseltongue', 1)).toBe('…');
    expect(truncate('parseltongue', 0)).toBe('');
    expect(truncateStart('parseltongue', 0)).toBe('');
    expect(truncateMiddle('parseltongue', 0)).toBe('');
  });

  it('does not cut characters in half', () => {
    expect(truncate('日本語', 4)).toBe('日…');
    expect(truncateStart('日本語', 4)).toBe('…語');
    expect(truncate('👨‍👩‍👧👨‍👩‍👧', 3)).toBe('👨‍👩‍👧…');
    expect(truncate('e\u0301e\u0301e\u0301', 2)).toBe('e\u0301…');
  });

  it('breaks into parts', () => {
    expect(chunks('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
    expect(chunks('日本語', 5)).toEqual(['日本', '語']);
    expect(chunks('日本', 1)).toEqual(['日', '本']);
    expect(chunks('', 3)).toEqual(['']);
  });

  it('pads on either side', () => {
    expect(padded('日本', 6)).toBe('日本  ');
    expect(padded('日本', 6, 'right')).toBe('  日本');
    expect(padded('too wide', 3)).toBe('too wide');
  });

  it('never takes more than the width', () => {
    const texts = fc.string({ unit: 'grapheme', maxLength: 60 }).map(visible);
    fc.assert(
      fc.property(texts, fc.integer({ min: 0, max: 70 }), (text, width) => {
        for (const cut of [truncate, truncateStart, truncateMiddle]) {
          const shown = cut(text, width);
          expect(widthOf(shown)).toBeLessThanOrEqual(width);
          expect(shown === text).toBe(widthOf(text) <= width);
        }
        expect(chunks(text, Math.max(1, width)).join('')).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});
