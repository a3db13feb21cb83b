/** `spandrel/decorators` and `spandrel/provider` load themselves and nothing else. */
const assert = require('node:assert');
const { sep } = require('node:path');

require('spandrel/decorators');
require('spandrel/provider');

const own = `${sep}node_modules${sep}spandrel${sep}dist${sep}`;
const strangers = Object.keys(require.cache).filter((file) => file !== __filename && !file.includes(own));
assert.deepEqual(strangers, []);
assert.equal(Reflect.getMetadata, undefined);
assert.equal(typeof Symbol.metadata, 'symbol');
