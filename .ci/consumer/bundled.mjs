/** After a bundler left out what it may: the two effects the package needs are still there. */
import assert from 'node:assert';
import { Traced } from 'spandrel';

assert.equal(typeof Traced, 'function');
assert.equal(typeof Reflect.getMetadata, 'function');
assert.equal(typeof Symbol.metadata, 'symbol');
