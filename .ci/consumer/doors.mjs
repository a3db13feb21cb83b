/** Both doors as ES modules, beside the CommonJS ones: the same names, and one annotation for all. */
import assert from 'node:assert';
import { createRequire } from 'node:module';
import * as whole from 'spandrel';
import * as decorators from 'spandrel/decorators';

const require = createRequire(import.meta.url);

const names = (door) =>
  Object.keys(door)
    .filter((name) => name !== 'default' && name !== '__esModule')
    .sort();

assert.deepEqual(names(whole), names(require('spandrel')));
assert.deepEqual(names(decorators), names(require('spandrel/decorators')));
assert.equal(whole.Traced, decorators.Traced);
assert.notEqual(whole.Traced, require('spandrel').Traced);
// The bundling of one of the builds has left no trace on what is called by its name.
for (const [name, value] of Object.entries(whole)) assert.equal(value.name, require('spandrel')[name].name);
await assert.rejects(import('spandrel/dist/esm/index.js'), { code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' });
