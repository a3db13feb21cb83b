/**
 * Several versions of `@opentelemetry/api` in one process: what was registered by one is used by the others as far as they
 * say they fit, and one that lets nobody else register is named.
 */
import { trace } from '@opentelemetry/api';
import { bootstrap, SpandrelFault } from 'spandrel';
import { anotherCopy } from '../support/another-copy.js';
import { recorded, span } from '../support/recorded-telemetry.js';
import { faultOf } from '../support/thrown-by.js';

const key = Symbol.for('opentelemetry.js.api.1');
const holder = globalThis as { [key]?: Record<string, unknown> };

afterEach(async () => {
  await recorded.stop();
  delete holder[key];
});

/** The package on an API of another version. */
function copyOnApi(version: string): ReturnType<typeof anotherCopy> {
  const path = require.resolve('@opentelemetry/api').replace(/index\.js$/, 'version.js');
  jest.doMock(path, () => ({ VERSION: version }));
  const copy = anotherCopy();
  jest.dontMock(path);
  return copy;
}

test.each(['1.8.0', '1.9.0', '1.9.7'])('annotations and words of a copy on API %s take part', async (version) => {
  const there = copyOnApi(version);
  class Part {
    @there.Traced()
    run(): void {
      there.annotate({ from: version });
      there.log.info('said');
    }
  }
  recorded.start();
  new Part().run();
  expect(await recorded.trees()).toEqual([span('Part.run', { attributes: { from: version } })]);
  expect((await recorded.logs()).map(({ body, spanContext }) => [body, spanContext?.traceFlags])).toEqual([
    ['said', 1],
  ]);
});

test('on an API too new for the one registered, its annotations still do; its annotate() finds no span', async () => {
  const there = copyOnApi('1.10.0');
  class Part {
    @there.Traced()
    run(): void {
      there.annotate({ lost: true });
    }
  }
  recorded.start();
  new Part().run();
  expect(await recorded.trees()).toEqual([span('Part.run')]);
});

test('an API of another version that was used first is named, and nothing of ours is left behind', async () => {
  const there = copyOnApi('1.9.0');
  recorded.start(there.bootstrap);
  await recorded.stop();
  const fault = faultOf(() => bootstrap({ export: { protocol: 'none' } }));
  expect([fault.code, fault.where]).toEqual(['SPANDREL_API_VERSION', '']);
  expect(fault.what).toContain('version 1.9.0 of @opentelemetry/api');
  expect(trace.getTracer('x').startSpan('x').isRecording()).toBe(false);
  expect(Object.keys(holder[key] ?? {})).toEqual(['version']);
  // The copy that was first may begin again.
  const telemetry = recorded.start(there.bootstrap);
  expect(telemetry.health().state).toBe('running');
  expect(fault).toBeInstanceOf(SpandrelFault);
});
