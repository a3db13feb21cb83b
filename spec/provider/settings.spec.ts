/**
 * Settings are checked at start: each unknown, impossible or not-yet-built one is a single fault that names the setting,
 * its value and what is allowed, and leaves nothing running.
 */
import { trace } from '@opentelemetry/api';
import { InMemorySpanExporter, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import fc from 'fast-check';
import { bootstrap, isSpandrelFault, type Settings, type SpandrelFault } from 'spandrel';
import { settingsTable } from '../../lib/provider/settings/table.js';

function faultOf(settings: unknown): SpandrelFault {
  try {
    bootstrap(settings as Settings);
  } catch (error) {
    if (isSpandrelFault(error)) return error;
    throw error;
  }
  throw new Error('bootstrap() took the settings');
}

const impossible: readonly [setting: string, settings: unknown, value: string][] = [
  ['(all)', null, 'null'],
  ['(all)', 'shop', '"shop"'],
  ['(all)', [], '[]'],
  ['service', { service: '' }, '""'],
  ['service', { service: 7 }, '7'],
  ['service.name', { service: { name: ' ' } }, '" "'],
  ['service.version', { service: { version: 1 } }, '1'],
  ['service.namespace', { service: { namespace: null } }, 'null'],
  ['service.environment', { service: { environment: [] } }, '[]'],
  ['service.instance', { service: { instance: false } }, 'false'],
  ['export', { export: 'console' }, '"console"'],
  ['export.protocol', { export: { protocol: 'http' } }, '"http"'],
  ['export.endpoint', { export: { endpoint: 'localhost:4318' } }, '"localhost:4318"'],
  ['export.endpoint', { export: { endpoint: 'http://' } }, '"http://"'],
  ['export.endpoints', { export: { endpoints: 'http://a:4318' } }, '"http://a:4318"'],
  ['export.endpoints', { export: { endpoints: [] } }, '[]'],
  ['export.endpoints', { export: { endpoints: ['a:4318'] } }, '["a:4318"]'],
  [
    'export.endpoints',
    { export: { endpoints: ['http://a:4318', 'HTTP://A:4318/'] } },
    '["http://a:4318","HTTP://A:4318/"]',
  ],
  ['export.endpoints', { export: { endpoints: ['http://a'], endpoint: 'http://b' } }, '["http://a"]'],
  ['export.endpoints', { export: { endpoints: ['http://a'], protocol: 'console' } }, '["http://a"]'],
  ['export.endpoints', { export: { endpoints: ['http://a'], protocol: 'none' } }, '["http://a"]'],
  ['export.headers', { export: { headers: { 'a b': 'c' } } }, '{"a b":"c"}'],
  ['export.headers', { export: { headers: { a: 'c\nd' } } }, '{"a":"c\\nd"}'],
  ['export.headers', { export: { headers: ['a'] } }, '["a"]'],
  ['export.compression', { export: { compression: 'zstd' } }, '"zstd"'],
  ['export.timeoutMs', { export: { timeoutMs: 0 } }, '0'],
  ['export.timeoutMs', { export: { timeoutMs: 1.5 } }, '1.5'],
  ['export.timeoutMs', { export: { timeoutMs: 2 ** 31 } }, '2147483648'],
  ['export.console.stream', { export: { console: { stream: {} } } }, '{}'],
  ['export.console.traces', { export: { console: { traces: 0 } } }, '0'],
  ['export.console.traces', { export: { console: { traces: 'slowest' } } }, '"slowest"'],
  ['export.console.attributes', { export: { console: { attributes: 'yes' } } }, '"yes"'],
  ['export.console.width', { export: { console: { width: 39 } } }, '39'],
  ['export.console.colour', { export: { console: { colour: 1 } } }, '1'],
  ['export.spanExporters', { export: { spanExporters: [{}] } }, '[{}]'],
  ['export.metricReaders', { export: { metricReaders: {} } }, '{}'],
  ['export.logExporters', { export: { logExporters: [null] } }, '[null]'],
  ['batch.size', { batch: { size: 0 } }, '0'],
  ['batch.size', { batch: { size: 100, buffer: 99 } }, '100'],
  ['batch.size', { batch: { size: 10_001 } }, '10001'],
  ['batch.intervalMs', { batch: { intervalMs: -1 } }, '-1'],
  ['batch.buffer', { batch: { buffer: Infinity } }, 'Infinity'],
  ['limits.series', { limits: { series: 0 } }, '0'],
  ['limits.series', { limits: { series: 1.5 } }, '1.5'],
  ['limits.seriesPerMetric', { limits: { seriesPerMetric: 0 } }, '0'],
  ['limits.seriesPerMetric', { limits: { seriesPerMetric: { 'a.b': 'many' } } }, '{"a.b":"many"}'],
  ['limits.seriesPerMetric', { limits: { seriesPerMetric: [5] } }, '[5]'],
  ['limits.memoryBytes', { limits: { memoryBytes: 1000 } }, '1000'],
  ['metrics.intervalMs', { metrics: { intervalMs: '1s' } }, '"1s"'],
  ['shutdown.timeoutMs', { shutdown: { timeoutMs: NaN } }, 'NaN'],
  ['export.tls.ca', { export: { tls: { ca: 'x' } } }, '"x"'],
  ['export.tls.key', { export: { tls: { key: new Uint8Array(3) } } }, '{"0":0,"1":0,"2":0}'],
  ['export.tls.minVersion', { export: { tls: { minVersion: 'TLSv1.1' } } }, '"TLSv1.1"'],
  ['export.prometheus.port', { export: { prometheus: { port: 65_536 } } }, '65536'],
  ['export.prometheus.host', { export: { prometheus: { host: '' } } }, '""'],
  ['metrics.temporality', { metrics: { temporality: 'Delta' } }, '"Delta"'],
  ['metrics.views', { metrics: { views: {} } }, '{}'],
  ['metrics.host', { metrics: { host: 1 } }, '1'],
  ['metrics.runtime', { metrics: { runtime: 'yes' } }, '"yes"'],
  ['propagators', { propagators: ['w3c'] }, '["w3c"]'],
  ['propagators', { propagators: [{ inject: 1 }] }, '[{"inject":1}]'],
  ['detectors', { detectors: ['aws'] }, '["aws"]'],
  ['instrumentations', { instrumentations: [{ enable: 1 }] }, '[{"enable":1}]'],
  ['shutdown.signals', { shutdown: { signals: 'SIGTERM' } }, '"SIGTERM"'],
  ['processors', { processors: [{}] }, '[{}]'],
  ['processors', { processors: {} }, '{}'],
  ['provider', { provider: 'mine' }, '"mine"'],
  ['redaction', { redaction: true }, 'true'],
  ['sampling', { sampling: 0.1 }, '0.1'],
  ['sampling.success', { sampling: { success: 1.5 } }, '1.5'],
  ['sampling.success', { sampling: { success: '10%' } }, '"10%"'],
  ['sampling.error', { sampling: { error: Number.NaN } }, 'NaN'],
  ['sampling.slow.overMs', { sampling: { slow: { overMs: 0 } } }, '0'],
  ['sampling.slow.overMs', { sampling: { slow: { rate: 1 } } }, 'undefined'],
  ['sampling.rules', { sampling: { rules: [{ keep: 1 }] } }, '[{"keep":1}]'],
  ['sampling.rules', { sampling: { rules: [{ name: 'a', rate: 1 }] } }, '[{"name":"a","rate":1}]'],
  ['sampling.rules', { sampling: { rules: [{ attributes: {} }] } }, '[{"attributes":{}}]'],
  ['export.endpoints', { export: { endpoints: ['http://u:p@a', 'http://a'] } }, '["http://…@a","http://a"]'],
  [
    'export.endpoints',
    { export: { endpoints: ['http://a', 'http://b'] }, batch: { buffer: 1, size: 1 } },
    '["http://a","http://b"]',
  ],
  ['sampling.adaptive.threshold', { sampling: { adaptive: { threshold: -1 } } }, '-1'],
  ['sampling.perSite', { sampling: { perSite: 0 } }, '0'],
];

const unknown: readonly [setting: string, settings: unknown][] = [
  ['exporter', { exporter: {} }],
  ['__proto__x', { __proto__x: 1 }],
  ['toString', { toString: 1 }],
  ['service.nmae', { service: { nmae: 'shop' } }],
  ['export.url', { export: { url: 'http://x' } }],
  ['export.console.color', { export: { console: { color: true } } }],
  ['batch.max', { batch: { max: 1 } }],
  ['metrics.interval', { metrics: { interval: 1 } }],
  ['shutdown.timeout', { shutdown: { timeout: 1 } }],
];

/** Every setting of the design that this version does not have. */
const notBuilt: readonly [setting: string, settings: unknown][] = [
  ['export.viewer', { export: { viewer: { port: 1 } } }],
  ['batch.adaptive', { batch: { adaptive: true } }],
  ['retry', { retry: {} }],
  ['breaker', { breaker: {} }],
  ['spool', { spool: { directory: '/tmp' } }],
  ['redaction', { redaction: { rules: [] } }],
  ['genai', { genai: { content: 'none' } }],
];

describe('a wrong setting is one clear fault', () => {
  test.each(impossible)('%s: %j is impossible', (setting, settings, value) => {
    const fault = faultOf(settings);
    expect(fault).toMatchObject({ code: 'SPANDREL_SETTING_INVALID', where: setting });
    expect(fault.what).toBe(`the setting ${setting} = ${value} is impossible`);
    expect(fault.remedy).toMatch(/^allowed: \S/);
  });

  test.each(unknown)('%s does not exist', (setting, settings) => {
    expect(faultOf(settings)).toMatchObject({ code: 'SPANDREL_SETTING_UNKNOWN', where: setting });
  });

  test.each(notBuilt)('%s is not built yet: %j', (setting, settings) => {
    expect(faultOf(settings)).toMatchObject({ code: 'SPANDREL_SETTING_NOT_BUILT', where: setting });
  });

  test('the fault says what is allowed', () => {
    expect(faultOf({ export: { protocol: 'http' } }).message).toBe(
      'SPANDREL_SETTING_INVALID: export.protocol: the setting export.protocol = "http" is impossible. ' +
        'So telemetry cannot start with it. Remedy: allowed: "http/protobuf", "http/json", "grpc", "console", "none". ' +
        'See docs/reference/faults.md#spandrel_setting_invalid',
    );
  });

  test('a reader that another provider has taken', async () => {
    const { PeriodicExportingMetricReader, InMemoryMetricExporter, AggregationTemporality, MeterProvider } =
      await import('@opentelemetry/sdk-metrics');
    const reader = new PeriodicExportingMetricReader({
      exporter: new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE),
    });
    const other = new MeterProvider({ readers: [reader] });
    const cleared = jest.spyOn(globalThis, 'clearInterval');
    expect(faultOf({ export: { protocol: 'none', metricReaders: [reader] } })).toMatchObject({
      code: 'SPANDREL_SETTING_INVALID',
      where: 'export.metricReaders',
    });
    cleared.mockClear();
    // The OTLP reader that was made before the fault is stopped again.
    expect(faultOf({ export: { timeoutMs: 10, metricReaders: [reader] } })).toMatchObject({
      where: 'export.metricReaders',
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(cleared).toHaveBeenCalled();
    cleared.mockRestore();
    await other.shutdown();
  });

  test('whatever is given: a fault of the catalogue or telemetry that runs, and nothing registered after a fault', async () => {
    const names = Object.keys(settingsTable.settings);
    const anySettings = fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), fc.anything(), { maxKeys: 3 });
    await fc.assert(
      fc.asyncProperty(anySettings, async (settings) => {
        let telemetry: ReturnType<typeof bootstrap> | undefined;
        try {
          // `none` unless the case says otherwise: no case may send anything.
          telemetry = bootstrap({ export: { protocol: 'none' }, ...settings } as Settings);
        } catch (error) {
          expect(isSpandrelFault(error)).toBe(true);
          expect(trace.getTracer('x').startSpan('none').isRecording()).toBe(false);
        }
        await telemetry?.shutdown({ timeoutMs: 100 });
      }),
      { numRuns: 300 },
    );
  });
});

describe('a setting left out', () => {
  test('undefined is the same as absent', async () => {
    const telemetry = bootstrap({
      service: undefined,
      export: { protocol: 'none', endpoint: undefined, console: undefined },
      batch: undefined,
    });
    expect(telemetry.health()).toEqual({
      state: 'running',
      running: { spans: 0, atMost: 49_152, unrecorded: 0 },
      spans: [],
      logs: [],
      metrics: [],
      held: { spans: 0, bytes: 0, spansAtMost: 10_000, bytesAtMost: 64 * 2 ** 20 },
      sampling: undefined,
      series: { limit: 1000, used: 0, overflowed: 0 },
      faults: [],
    });
    await telemetry.shutdown();
  });

  test('a batch that is larger than the buffer written here gives way to it', async () => {
    const sizes: number[] = [];
    const exporter: SpanExporter = new InMemorySpanExporter();
    const exportAll = exporter.export.bind(exporter);
    exporter.export = (spans, done) => {
      sizes.push(spans.length);
      exportAll(spans, done);
    };
    const telemetry = bootstrap({ export: { protocol: 'none', spanExporters: [exporter] }, batch: { buffer: 3 } });
    for (let i = 0; i < 3; i += 1) trace.getTracer('x').startSpan('s').end();
    await telemetry.shutdown();
    expect(sizes).toEqual([3]);
  });
});
