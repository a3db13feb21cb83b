/**
 * Terminal output with its colour codes as an SVG picture. Columns line up whatever font the reader has: every run of
 * text is stretched to its columns, and blocks and tree lines are drawn as shapes. It knows the codes and the characters
 * that `lib/terminal` writes, and leaves out any other code.
 */
import { widthOf } from '../../lib/terminal/text-width.js';

const cell = { width: 8, height: 18 } as const;
const margin = 18;
const baseline = 13;

interface Style {
  readonly bold: boolean;
  readonly fill: string;
}

interface Run {
  readonly text: string;
  readonly style: Style;
}

const usual: Style = { bold: false, fill: '#e6edf3' };
const quiet = '#8b949e';

/** SGR codes to what they look like on a dark screen. */
const fills: Readonly<Record<string, string>> = {
  '2': quiet,
  '31': '#ff7b72',
  '32': '#3fb950',
  '33': '#d29922',
  '36': '#39c5cf',
};

/** The picture of `text`; `title` is what is read out in its place. */
export function terminalPicture(text: string, columns: number, title: string): string {
  const lines = text.split('\n');
  const width = columns * cell.width + 2 * margin;
  const height = lines.length * cell.height + 2 * margin;
  const drawn = lines.flatMap((line, row) => lineShapes(line, margin + row * cell.height));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>${escaped(title)}</title>
<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13.3px">
${drawn.join('\n')}
</g>
</svg>
`;
}

function lineShapes(line: string, top: number): string[] {
  const shapes: string[] = [];
  let column = 0;
  for (const { text, style } of runsOf(line)) {
    // Words stay whole; blocks, tree lines and wide gaps are places of their own.
    for (const part of text.match(/[▏▎▍▌▋▊▉█▐▕]+|[│├└─]+|\s+|[^\s▏▎▍▌▋▊▉█▐▕│├└─]+(?: [^\s▏▎▍▌▋▊▉█▐▕│├└─]+)*/g) ?? []) {
      const left = margin + column * cell.width;
      if (/^[▏▎▍▌▋▊▉█▐▕]/.test(part)) shapes.push(...blocks(part, left, top, style.fill));
      else if (/^[│├└─]/.test(part)) shapes.push(treeLines(part, left, top, style.fill));
      else if (part.trim() !== '') shapes.push(words(part, left, top, style));
      column += widthOf(part);
    }
  }
  return shapes;
}

function runsOf(line: string): Run[] {
  const runs: Run[] = [];
  let style = usual;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the codes of a terminal begin with one
  for (const [, codes, text] of line.matchAll(/\u001b\[([\d;]*)m|([^\u001b]+)/g)) {
    if (text !== undefined) runs.push({ text, style });
    else style = (codes ?? '').split(';').reduce(styled, style);
  }
  return runs;
}

function styled(style: Style, code: string): Style {
  if (code === '' || code === '0') return usual;
  if (code === '1') return { ...style, bold: true };
  return { ...style, fill: fills[code] ?? style.fill };
}

function words(text: string, left: number, top: number, { bold, fill }: Style): string {
  const wide = widthOf(text) * cell.width;
  const weight = bold ? ' font-weight="bold"' : '';
  return (
    `<text x="${left}" y="${top + baseline}" textLength="${wide}" lengthAdjust="spacingAndGlyphs"` +
    ` fill="${fill}"${weight}>${escaped(text)}</text>`
  );
}

/** Eighths of a column are whole pixels here: full blocks join without a seam. */
function blocks(text: string, left: number, top: number, fill: string): string[] {
  const parts: { from: number; to: number }[] = [];
  for (const [at, block] of [...text].entries()) {
    const begin = left + at * cell.width;
    const eighths = '▏▎▍▌▋▊▉█'.indexOf(block) + 1;
    const size = block === '▐' ? 4 : block === '▕' ? 1 : eighths;
    const from = eighths === 0 ? begin + cell.width - size : begin;
    const last = parts.at(-1);
    if (last?.to === from) last.to = from + size;
    else parts.push({ from, to: from + size });
  }
  return parts.map(
    ({ from, to }) =>
      `<rect x="${from}" y="${top + 2}" width="${to - from}" height="${cell.height - 4}" fill="${fill}" shape-rendering="crispEdges"/>`,
  );
}

function treeLines(text: string, left: number, top: number, stroke: string): string {
  const middle = top + cell.height / 2 + 0.5;
  const strokes = [...text].map((line, at) => {
    const x = left + at * cell.width;
    const centre = x + cell.width / 2 + 0.5;
    const bottom = line === '└' ? middle : top + cell.height;
    const upright = line === '─' ? '' : `M${centre} ${top}V${bottom}`;
    const across = line === '│' ? '' : `M${line === '─' ? x : centre} ${middle}H${x + cell.width}`;
    return upright + across;
  });
  return `<path d="${strokes.join('')}" stroke="${stroke}" fill="none" opacity="0.7"/>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
