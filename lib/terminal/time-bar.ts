/**
 * A span's bar on the time axis of its trace: where it starts and ends, to an eighth of a column where the block
 * characters of Unicode allow it.
 */

/** Filled from the left, in eighths. */
const fromLeft = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'] as const;

/**
 * The bar of a span from `start` to `end` of a trace `total` long, on an axis of `width` columns, without spaces after
 * it. A span too short for the axis still shows as a hairline; one whose end is unknown as a hairline at its start,
 * and one whose start is unknown not at all.
 */
export function timeBar(start: number, end: number, total: number, width: number): string {
  if (Number.isNaN(start) || width < 1) return '';
  const from = eighths(start, total, width);
  const to = Number.isNaN(end) ? from : eighths(end, total, width);
  const column = Math.min(width - 1, Math.floor(from / 8));
  const before = ' '.repeat(column);
  const left = from - column * 8;
  const right = to - column * 8;
  if (right <= 8) return before + single(left, right);
  const full = Math.floor(right / 8) - 1;
  return before + fromRight(8 - left) + '█'.repeat(full) + fromLeft[right % 8];
}

/** A place on the axis, in eighths of a column. */
function eighths(time: number, total: number, width: number): number {
  const share = total > 0 ? Math.min(1, Math.max(0, time / total)) : 0;
  return Math.round(share * width * 8);
}

/** Within one column: a block at the left or right edge, whichever the span lies nearer to. */
function single(left: number, right: number): string {
  const size = Math.max(1, right - left);
  if (left === 0 || left < 8 - right) return fromLeft[size] ?? '█';
  return fromRight(size);
}

/** Filled from the right: Unicode has only the eighth, the half and the whole. */
function fromRight(size: number): string {
  if (size <= 2) return '▕';
  return size <= 6 ? '▐' : '█';
}
