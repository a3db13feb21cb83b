/**
 * A run of the ramp as an SVG picture: above, the load that the program asked of itself and the load that sampling saw; below, the share of
 * successful traces. Both over the same time.
 */
import { type RampSample, rampBase, rampEndMs } from './ramp-plan.js';

const picture = { width: 860, height: 420 } as const;
const plot = { left: 70, right: 690 } as const;

/** A panel: where it lies, and what its scale goes up to. */
interface Panel {
  readonly top: number;
  readonly bottom: number;
  readonly most: number;
}

const loads: Panel = { top: 52, bottom: 212, most: 1 };
const shares: Panel = { top: 274, bottom: 374, most: rampBase };

const ink = {
  text: '#e6edf3',
  quiet: '#8b949e',
  grid: '#21262d',
  load: '#d29922',
  asked: '#8b949e',
  rate: '#3fb950',
} as const;

/** `title` is what is read out in its place. */
export function rampPicture(samples: readonly RampSample[], title: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${picture.width}" height="${picture.height}" viewBox="0 0 ${picture.width} ${picture.height}" role="img">
<title>${title}</title>
<rect width="${picture.width}" height="${picture.height}" rx="8" fill="#0d1117"/>
<g font-family="system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif" font-size="13px">
${[...loadShapes(samples), ...rateShapes(samples), ...timeShapes()].join('\n')}
</g>
</svg>
`;
}

function loadShapes(samples: readonly RampSample[]): string[] {
  return [
    text(plot.left, loads.top - 20, 'Load of the process', ink.text, 'start'),
    ...[0, 0.5, 1].flatMap((value) => scaleLine(loads, value)),
    ...bound(0.7, 'thins above 70 %'),
    ...bound(0.6, 'recovers below 60 %'),
    line(
      loads,
      samples.map(({ ms, asked }) => [ms, asked]),
      ink.asked,
      '4 4',
    ),
    line(
      loads,
      samples.map(({ ms, load }) => [ms, load]),
      ink.load,
    ),
    ...legend(loads.top - 20, [
      ['asked', ink.asked, '4 4'],
      ['seen', ink.load, undefined],
    ]),
  ];
}

function rateShapes(samples: readonly RampSample[]): string[] {
  return [
    text(plot.left, shares.top - 20, 'Successful traces kept', ink.text, 'start'),
    ...[0, rampBase / 2, rampBase].flatMap((value) => scaleLine(shares, value)),
    line(
      shares,
      samples.map(({ ms, rate }) => [ms, rate]),
      ink.rate,
    ),
  ];
}

function timeShapes(): string[] {
  const seconds = Array.from({ length: Math.floor(rampEndMs / 5000) + 1 }, (_, at) => at * 5);
  return seconds.map((second) => text(across(second * 1000), shares.bottom + 24, `${second} s`, ink.quiet, 'middle'));
}

/** A line of the grid with its value. */
function scaleLine(panel: Panel, value: number): string[] {
  const y = up(panel, value);
  return [
    `<path d="M${plot.left} ${y}H${plot.right}" stroke="${ink.grid}"/>`,
    text(plot.left - 10, y + 4, `${Math.round(value * 100)} %`, ink.quiet, 'end'),
  ];
}

function bound(load: number, words: string): string[] {
  const y = up(loads, load);
  return [
    `<path d="M${plot.left} ${y}H${plot.right}" stroke="${ink.quiet}" stroke-dasharray="1 4"/>`,
    text(plot.right + 8, y + 4, words, ink.quiet, 'start'),
  ];
}

function line(
  panel: Panel,
  points: readonly (readonly [ms: number, value: number])[],
  stroke: string,
  dashes = '',
): string {
  const path = points.map(([ms, value]) => `${across(ms)} ${up(panel, value)}`).join('L');
  return `<path d="M${path}" stroke="${stroke}" stroke-width="2" stroke-linejoin="round" fill="none"${dashed(dashes)}/>`;
}

function legend(y: number, entries: readonly (readonly [string, string, string | undefined])[]): string[] {
  return entries.flatMap(([words, stroke, dashes = ''], at) => {
    const x = plot.right - 150 + at * 85;
    return [
      `<path d="M${x} ${y - 4}h24" stroke="${stroke}" stroke-width="2"${dashed(dashes)}/>`,
      text(x + 30, y, words, ink.quiet, 'start'),
    ];
  });
}

const dashed = (dashes: string): string => (dashes === '' ? '' : ` stroke-dasharray="${dashes}"`);

function text(x: number, y: number, words: string, fill: string, anchor: 'start' | 'middle' | 'end'): string {
  return `<text x="${x}" y="${y}" fill="${fill}" text-anchor="${anchor}">${words}</text>`;
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
const across = (ms: number): number => rounded(plot.left + (ms / rampEndMs) * (plot.right - plot.left));
const up = ({ top, bottom, most }: Panel, value: number): number => rounded(bottom - (value / most) * (bottom - top));
