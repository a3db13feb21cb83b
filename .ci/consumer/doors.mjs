/** Every door that package.json opens, as an ES module and by require: the same names, and one annotation for all. */
import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as whole from 'spandrel';
import * as decorators from 'spandrel/decorators';

const require = createRequire(import.meta.url);
const { exports } = JSON.parse(readFileSync('node_modules/spandrel/package.json', 'utf8'));

const names = (door) =>
  Object.keys(door)
    .filter((name) => !['default', '__esModule', 'module.exports'].includes(name))
    .sort();

// The one door that is there for its effect, which is telemetry: it is held to account elsewhere.
const doors = Object.keys(exports).filter((door) => !['./package.json', './register'].includes(door));
for (const door of doors) {
  const specifier = `spandrel${door.slice(1)}`;
  const [imported, required] = [await import(specifier), require(specifier)];
  assert.deepEqual(names(imported), names(required), specifier);
  assert.ok(names(imported).length > 0, specifier);
  // The bundling of one of the builds has left no trace on what is called by its name.
  for (const name of names(imported)) assert.equal(imported[name].name, required[name].name, `${specifier} ${name}`);
}
assert.equal(require('spandrel/package.json').name, 'spandrel');

assert.equal(whole.Traced, decorators.Traced);
assert.notEqual(whole.Traced, require('spandrel').Traced);
await assert.rejects(import('spandrel/dist/esm/index.js'), { code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' });
console.log(`each can be imported and required: ${doors.join(' ')}`);
