/** A program from start to end on the CommonJS build: annotated, started, called, shut down. */
const assert = require('node:assert');
const { bootstrap, traced } = require('spandrel');
const { Traced } = require('spandrel/decorators');

assert.equal(typeof Traced, 'function');

const spans = [];
const telemetry = bootstrap({
  service: 'consumer',
  export: {
    protocol: 'none',
    spanExporters: [
      {
        export(batch, done) {
          spans.push(...batch.map(({ name }) => name));
          done({ code: 0 });
        },
        async shutdown() {},
      },
    ],
  },
});
const add = traced('add', (a, b) => a + b);
assert.equal(add(1, 2), 3);
telemetry.shutdown().then(() => assert.deepEqual(spans, ['add']));
