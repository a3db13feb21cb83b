/**
 * What bundlers make of the installed package: what is not used goes, what is used works, an ES module with OpenTelemetry left
 * outside runs, and each door weighs no more than its limit. The page of the package says what was measured.
 *
 *     node .ci/check-bundles.mjs FOLDER [--write]
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { transform } from 'esbuild';
import { bundlers } from './bundlers.mjs';
import { checkSizes } from './sizes.mjs';

const [given, ...flags] = process.argv.slice(2);
const folder = resolve(given);

/** Classes in the standard dialect, by a compiler that knows it. */
async function compiled(source) {
  const { code } = await transform(source, { loader: 'ts', target: 'es2022' });
  return code;
}

/** Runs a bundle where the package's dependencies are, and gives what it printed. */
function ran(name, code) {
  writeFileSync(join(folder, name), code);
  return execFileSync(process.execPath, [name], { cwd: folder, encoding: 'utf8', timeout: 30_000 }).trim();
}

const unused = `import { Traced, Gauged, call } from 'spandrel/decorators';\nimport { checkSettings } from 'spandrel/provider';\nconsole.log('alone');`;

const annotated = await compiled(`
import { recordsKey, Traced } from 'spandrel/decorators';
class Shop { @Traced('shop.open') open() { return 'open'; } }
const [record] = Shop[Symbol.metadata][recordsKey];
console.log(new Shop().open(), record.options.name);
`);

const whole = await compiled(`
import { bootstrap, Counted, Traced } from 'spandrel';
const spans = [];
class Shop { @Traced() @Counted('shop.opened') open() { return 'open'; } }
const exporter = {
  export(batch, done) { spans.push(...batch.map(({ name }) => name)); done({ code: 0 }); },
  async shutdown() {},
};
const telemetry = bootstrap({ service: 'bundled', export: { protocol: 'none', spanExporters: [exporter] } });
new Shop().open();
await telemetry.shutdown();
console.log(spans.join(), typeof Reflect.getMetadata);
`);

for (const [name, bundled] of Object.entries(bundlers)) {
  const rest = (await bundled(folder, unused)).replace(/^\/\/.*\n/gm, '').trim();
  assert.match(rest, /^console\.log\(["']alone["']\);$/, `${name} keeps what nobody uses`);

  const used = await bundled(folder, annotated);
  assert.doesNotMatch(used, /(from|import|require\()\s*['"](@opentelemetry|reflect-metadata)/, `${name} finds OpenTelemetry in decorators`);
  assert.equal(ran(`annotated-${name}.mjs`, used), 'open shop.open', name);

  const all = await bundled(folder, whole);
  assert.doesNotMatch(all, /require\(['"]@opentelemetry/, `${name} goes through a door of CommonJS`);
  assert.equal(ran(`whole-${name}.mjs`, all), 'Shop.open function', name);
  console.log(`${name}: drops what is not used, keeps what is, and runs beside OpenTelemetry as an ES module`);
}

await checkSizes(folder, { write: flags.includes('--write') });
