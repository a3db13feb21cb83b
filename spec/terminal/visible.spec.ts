/** Text from outside can't command the terminal. */
import fc from 'fast-check';
import { attributeTexts, bodyText, valueText } from '../../lib/terminal/attribute-text.js';
import { visible } from '../../lib/terminal/visible.js';
import { commands } from './lines.js';

describe('visible', () => {
  it.each([
    ['two\nlines\r\n', 'two\\nlines\\r\\n'],
    ['a\tb', 'a\\tb'],
    ['\u001b[31mred\u001b[0m', '\\x1b[31mred\\x1b[0m'],
    ['\u009b2J', '\\x9b2J'],
    ['bell\u0007 null\u0000 delete\u007f', 'bell\\x07 null\\x00 delete\\x7f'],
    ['user\u202etxt.exe', 'user\\u202etxt.exe'],
    ['\u2066isolate\u2069', '\\u2066isolate\\u2069'],
    ['zero\u200bwidth\ufeff', 'zero\\u200bwidth\\ufeff'],
    ['line\u2028paragraph\u2029', 'line\\u2028paragraph\\u2029'],
    ['tag\u{e0041}', 'tag\\u{e0041}'],
    ['half \ud83d pair', 'half \\ud83d pair'],
    ['filler\u3164', 'filler\\u3164'],
  ])('writes out what is not seen: %j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it.each(['plain words', 'C:\\new', 'naïve café', '日本語', '👨‍👩‍👧 ❤️ 🇬🇧', 'می‌خواهم', 'नमस्ते', 'שלום'])(
    'leaves what is seen: %s',
    (text) => {
      expect(visible(text)).toBe(text);
    },
  );

  it('does not let marks pile up', () => {
    expect(visible(`z${'\u0300'.repeat(50)}!`)).toBe(`z${'\u0300'.repeat(6)}!`);
  });

  it('bounds what it reads', () => {
    expect(visible('x'.repeat(5_000))).toBe(`${'x'.repeat(2_000)}…`);
  });

  it('leaves no command in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(visible(text)).not.toMatch(commands);
        expect(visible(text)).not.toContain('\n');
      }),
      { numRuns: 500 },
    );
  });
});

describe('values', () => {
  it.each([
    ['plain', 'plain'],
    ['two words', '"two words"'],
    ['', '""'],
    ['a=b', '"a=b"'],
    ['say "hi"', '"say \\"hi\\""'],
    ['two\nlines', '"two\\nlines"'],
    [12.5, '12.5'],
    [true, 'true'],
    [null, 'null'],
    [10n, '10'],
    [['a', 'b'], '["a","b"]'],
    [{ deep: { er: 1 } }, '{"deep":{"er":1}}'],
    [new Uint8Array(3), '(3 bytes)'],
    [{ big: 1n }, '(unreadable)'],
  ])('%p is told as %s', (value, text) => {
    expect(valueText(value)).toBe(text);
  });

  it('does not fail for a circle or a getter that throws', () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    const trap = Object.defineProperty({}, 'x', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    expect([valueText(circle), bodyText(trap)]).toEqual(['(unreadable)', '(unreadable)']);
  });

  it('lists attributes in their order, without those that have no value', () => {
    expect(attributeTexts({ b: 1, a: 'x y', none: undefined })).toEqual(['b=1', 'a="x y"']);
    expect(attributeTexts({ 'k\u001b': '\u202e' })).toEqual(['k\\x1b=\\u202e']);
    expect(attributeTexts(undefined)).toEqual([]);
  });

  it('leaves a text body as it is', () => {
    expect(bodyText('two words')).toBe('two words');
  });
});
