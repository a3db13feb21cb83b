/** Programs that start no telemetry themselves, with `spandrel/register` before them: ES modules and CommonJS, by either flag. */
import assert from 'node:assert';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { promisify } from 'node:util';

writeFileSync('registered-app.mjs', `import { traced } from 'spandrel';\ntraced('grind', () => undefined)();\n`);
writeFileSync('registered-app.cjs', `const { traced } = require('spandrel');\ntraced('grind', () => undefined)();\n`);

const bodies = [];
const backend = createServer(async (request, response) => {
  const body = (await request.toArray()).join('');
  if (request.url === '/v1/traces') bodies.push(JSON.parse(body));
  response.setHeader('content-type', 'application/json').end('{}');
});
backend.listen(0, '127.0.0.1');
await once(backend, 'listening');

const env = {
  ...process.env,
  OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${backend.address().port}`,
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  OTEL_SERVICE_NAME: 'mill',
};
for (const flag of ['--import', '--require']) {
  for (const app of ['registered-app.mjs', 'registered-app.cjs']) {
    bodies.length = 0;
    const written = await promisify(execFile)(process.execPath, [flag, 'spandrel/register', app], { env });
    assert.deepEqual(written, { stdout: '', stderr: '' }, `${flag} ${app}`);
    const spans = bodies.flatMap(({ resourceSpans }) => resourceSpans.flatMap((one) => one.scopeSpans[0].spans));
    assert.deepEqual(
      spans.map(({ name }) => name),
      ['grind'],
      `${flag} ${app}`,
    );
  }
}
backend.close();
