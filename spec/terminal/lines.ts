/**
 * Writes expected drawings the way they look, and looks at drawn ones.
 */

/** The text of a template literal without the indentation of the test around it, ending with a line end. */
export function drawing({ raw: [text = ''] }: TemplateStringsArray): string {
  const lines = text.split('\n').slice(1, -1);
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return `${lines.map((line) => line.slice(indent)).join('\n')}\n`;
}

const inks: Readonly<Record<string, string>> = {
  '0m': '›',
  '1m': '‹bold:',
  '2m': '‹dim:',
  '31m': '‹red:',
  '1;31m': '‹bold red:',
  '32m': '‹green:',
  '33m': '‹yellow:',
  '36m': '‹cyan:',
};

/** The text with our colour codes as words, `‹red:✗ parse›`; other codes are an error. */
export function inked(text: string): string {
  return inParts(text, (ink) => ink);
}

/** The text without our colour codes; other codes are an error. */
export function uncoloured(text: string): string {
  return inParts(text, () => '');
}

function inParts(text: string, told: (ink: string) => string): string {
  const [first = '', ...rest] = text.split('\u001b[');
  const parts = rest.map((part) => {
    const code = part.slice(0, part.indexOf('m') + 1);
    const ink = inks[code];
    if (ink === undefined) throw new Error(`not a code of ours: ${JSON.stringify(part)}`);
    return told(ink) + part.slice(code.length);
  });
  return first + parts.join('');
}

/** All that could move a cursor, colour, reorder or hide text. */
export const commands = /(?![\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
