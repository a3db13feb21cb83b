/**
 * Runs every case with every package and writes the tables of docs/faithfulness.md:
 *
 *     npm ci --prefix spec/bench/peers && node spec/bench/peers/main.mjs
 *
 * With `--show` it prints instead. `--only=ID,…` and `--with=NAME,…` narrow it, and print.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildAll } from './build.mjs';
import { allCases } from './cases.mjs';
import { tablesOf, writePage } from './page.mjs';
import { cellOf } from './run-case.mjs';

const here = import.meta.dirname;
const root = join(here, '../../..');
const all = ['spandrel', 'nestjs-otel', 'openinference', 'langfuse', 'traceloop'];

const option = (name) =>
  process.argv
    .find((given) => given.startsWith(`--${name}=`))
    ?.split('=')[1]
    ?.split(',');

const names = option('with') ?? all;
const only = option('only');
const asked = allCases.filter(({ id }) => only?.includes(id) ?? true);
const printing = process.argv.includes('--show') || only !== undefined || names !== all;

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

const versionOf = ({ package: name }) => {
  const folder = name === 'spandrel' ? root : join(here, 'node_modules', name);
  return readJson(join(folder, 'package.json')).version;
};

await buildAll(names);
const neighbours = {};
for (const name of names) neighbours[name] = (await import(`./neighbours/${name}.mjs`)).neighbour;

const results = asked.map((one) => ({ ...one, cells: {} }));
const waiting = results.flatMap((result) => names.map((name) => ({ result, name })));

async function work() {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { result, name } = next;
    result.cells[name] = await cellOf(result, name, neighbours[name]);
    const { mark, seen, stack, said } = result.cells[name];
    console.log(`${mark} ${name} ${result.id}: ${seen}`);
    if (mark === '✘' && printing) console.log(stack ?? '', said ?? '');
  }
}

await Promise.all([work(), work()]);

const day = new Date().toISOString().slice(0, 10);
const sdk = readJson(join(here, 'node_modules/@opentelemetry/sdk-trace-base/package.json')).version;
const columns = names.map((name) => ({ ...neighbours[name], name, version: versionOf(neighbours[name]) }));
const facts = `Run on ${day}, Node ${process.version}, OpenTelemetry SDK ${sdk}; ${results.length} rows.`;
const text = `${facts}\n\n${tablesOf(results, columns)}`;
if (printing) console.log(text);
else writePage(join(root, 'docs/faithfulness.md'), text);
// What a package has started with its import keeps the process alive.
process.exit(0);
