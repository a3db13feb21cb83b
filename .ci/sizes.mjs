/**
 * What each door weighs, and may: the one table of limits. Measured is all that a door hands out, as esbuild bundles it
 * (minified; OpenTelemetry, reflect-metadata and Node outside), compressed by gzip at level 9.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { byEsbuild } from './bundlers.mjs';
import { doors } from './doors.mjs';

/** Bytes, gzipped. A door without a line here may not be. */
const limits = {
  '.': 90_000,
  './decorators': 10_000,
  './provider': 12_000,
  './register': 90_000,
  './testing': 90_000,
};

/** Doors that promise to bring no OpenTelemetry. */
const alone = ['./decorators', './provider'];

const page = new URL('../docs/reference/package.md', import.meta.url);
const [begins, ends] = ['<!-- sizes -->\n', '<!-- /sizes -->\n'];

/** Fails over a limit, and where the page says something else. */
export async function checkSizes(folder, { write }) {
  const rows = [];
  for (const door of Object.keys(doors)) {
    const specifier = `spandrel${door.slice(1)}`;
    const text = await byEsbuild(folder, `export * from '${specifier}';`, { minify: true });
    const compressed = gzipSync(text, { level: 9 }).length;
    rows.push({ specifier, door, minified: text.length, compressed, outside: /from\s*"@opentelemetry\//.test(text) });
    const limit = limits[door];
    if (limit === undefined) throw new Error(`${door} has no limit of size in .ci/sizes.mjs`);
    console.log(`${specifier}: ${text.length} bytes minified, ${compressed} gzipped, at most ${limit}`);
    if (compressed > limit) process.exitCode = 1;
    if (alone.includes(door) && /from\s*"@opentelemetry\//.test(text)) {
      console.error(`${specifier} brings OpenTelemetry`);
      process.exitCode = 1;
    }
  }
  const installed = bytesIn(join(folder, 'node_modules/spandrel'));
  console.log(`as installed: ${installed} bytes in all`);

  const table = `${begins}\n${tableOf(rows)}\n\nAs installed the package is ${megabytes(installed)}: code for Node’s \`import\`, for \`require\` and for bundlers, and types.\n\n${ends}`;
  const said = readFileSync(page, 'utf8');
  const [given] = new RegExp(`${begins}[^]*${ends}`).exec(said);
  if (write)
    writeFileSync(
      page,
      said.replace(given, () => table),
    );
  else if (!isNear(given, table)) {
    console.error('docs/reference/package.md does not say what was measured: npm run docs:sizes');
    process.exitCode = 1;
  }
}

/** The same words, and figures that differ by no more than a twentieth: not every change of a line is one of the page. */
function isNear(given, table) {
  const figure = /\d+\.\d+/g;
  const figures = (text) => (text.match(figure) ?? []).map(Number);
  const words = (text) => text.replaceAll(figure, '').replaceAll(/[ -]+/g, ' ');
  const measured = figures(table);
  return (
    words(given) === words(table) &&
    figures(given).every((said, index) => Math.abs(said - measured[index]) <= measured[index] / 20)
  );
}

function tableOf(rows) {
  const cells = [
    ['Door', 'Minified', 'Gzipped', 'At most', 'OpenTelemetry'],
    ...rows.map(({ specifier, door, minified, compressed, outside }) => [
      `\`${specifier}\``,
      kilobytes(minified),
      kilobytes(compressed),
      `${limits[door].toLocaleString('en')} B`,
      outside ? 'beside it' : 'none',
    ]),
  ];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((text, column) => text.padEnd(widths[column])).join(' | ')} |`;
  return [
    line(cells[0]),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...cells.slice(1).map(line),
  ].join('\n');
}

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const megabytes = (bytes) => `${(bytes / 1_000_000).toFixed(1)} MB`;

function bytesIn(folder) {
  return readdirSync(folder, { recursive: true })
    .map((file) => statSync(join(folder, file)))
    .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);
}
