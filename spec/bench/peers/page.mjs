/**
 * The tables of docs/faithfulness.md, between its two marks. What stands outside of them is written by hand.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const begin = '<!-- written by spec/bench/peers/main.mjs: begin -->';
const end = '<!-- written by spec/bench/peers/main.mjs: end -->';

const row = (cells) => `| ${cells.join(' | ')} |`;

function table(columns, rows) {
  const all = [columns, ...rows];
  const widths = columns.map((_, at) => Math.max(...all.map((cells) => [...cells[at]].length)));
  const padded = (cells) => row(cells.map((cell, at) => cell + ' '.repeat(widths[at] - [...cell].length)));
  return [padded(columns), row(widths.map((width) => '-'.repeat(width))), ...rows.map(padded)].join('\n');
}

const words = ({ mark, seen }) => `${mark} ${seen.replaceAll('|', '\\|')}`;

const packages = (columns) =>
  table(
    ['Column', 'Package', 'Annotated by', 'Dialect'],
    columns.map(({ title, package: name, version, annotatedBy, dialects }) => [
      title,
      `\`${name}\` ${version}`,
      annotatedBy,
      annotatedBy.startsWith('`@') ? dialects.join(' and ') : 'none',
    ]),
  );

/** How many of each mark a package has. */
const sums = (results, columns) =>
  ['✔', '◐', '✘', '–'].map((mark) => [
    mark,
    ...columns.map(({ name }) => String(results.filter(({ cells }) => cells[name].mark === mark).length)),
  ]);

export function tablesOf(results, columns) {
  const titles = columns.map(({ title }) => title);
  const sections = [...new Set(results.map(({ section }) => section))].map((section) => {
    const rows = results.filter((one) => one.section === section);
    const cells = rows.map((one) => [one.row, ...columns.map(({ name }) => words(one.cells[name]))]);
    return `### ${section}\n\n${table(['', ...titles], cells)}`;
  });
  const numbers = `### In numbers\n\n${table(['', ...titles], sums(results, columns))}`;
  return [packages(columns), ...sections, numbers].join('\n\n');
}

export function writePage(path, text) {
  const page = readFileSync(path, 'utf8');
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${path} has not the two marks to write between`);
  writeFileSync(path, `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`);
}
