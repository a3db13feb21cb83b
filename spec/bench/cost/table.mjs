/**
 * Tables as Markdown; they read well in a terminal too.
 */
const row = (cells) => `| ${cells.join(' | ')} |`;

export function table(columns, rows) {
  const all = [columns, ...rows];
  const widths = columns.map((_, at) => Math.max(...all.map((cells) => [...cells[at]].length)));
  const padded = (cells) => row(cells.map((cell, at) => cell + ' '.repeat(widths[at] - [...cell].length)));
  return [padded(columns), row(widths.map((width) => '-'.repeat(width))), ...rows.map(padded)].join('\n');
}

/** Nanoseconds as people read them. */
export function duration(ns) {
  const size = Math.abs(ns);
  if (size < 10) return `${ns.toFixed(1)} ns`;
  if (size < 1000) return `${ns.toFixed(0)} ns`;
  if (size < 1e6) return `${(ns / 1e3).toFixed(2)} µs`;
  return `${(ns / 1e6).toFixed(2)} ms`;
}
