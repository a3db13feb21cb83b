/**
 * What OpenTelemetry's SDK hands to exporters can be drawn as it is: by its types (checked by the compiler), and as it
 * comes out of running providers.
 */

import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { SeverityNumber } from '@opentelemetry/api-logs';
import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  type ReadableLogRecord,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import {
  AggregationTemporality,
  AggregationType,
  InMemoryMetricExporter,
  MeterProvider,
  type MetricData,
  PeriodicExportingMetricReader,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { type Canvas, canvasFor } from '../../lib/terminal/canvas.js';
import { drawLog } from '../../lib/terminal/draw-log.js';
import { drawMetrics } from '../../lib/terminal/draw-metrics.js';
import { drawTrace } from '../../lib/terminal/draw-trace.js';
import type { DrawnLog } from '../../lib/terminal/drawn-log.js';
import type { DrawnMetric } from '../../lib/terminal/drawn-metric.js';
import type { DrawnSpan } from '../../lib/terminal/drawn-span.js';

/** Compiles only while the SDK's record is one that can be drawn, without a cast. */
const takes = <Wide>(_record: Wide | undefined): void => undefined;

it('by their types', () => {
  takes<DrawnSpan>(undefined as ReadableSpan | undefined);
  takes<DrawnLog>(undefined as ReadableLogRecord | undefined);
  takes<DrawnMetric>(undefined as MetricData | undefined);
  takes<readonly DrawnMetric[]>(undefined as ResourceMetrics['scopeMetrics'][number]['metrics'] | undefined);
  takes<Parameters<typeof canvasFor>[0]>(process.stdout);
  expect(canvasFor(process.stdout, process.env).width).toBeGreaterThanOrEqual(40);
});

const canvas: Canvas = { width: 100, colour: false };

it('spans', () => {
  const exporter = new InMemorySpanExporter();
  const tracer = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).getTracer('t');
  const parent = tracer.startSpan('parent', {}, ROOT_CONTEXT);
  const child = tracer.startSpan('child', {}, trace.setSpan(ROOT_CONTEXT, parent));
  child.recordException(new TypeError('no'));
  child.setStatus({ code: 2 });
  child.end();
  parent.end();
  const drawn = drawTrace(exporter.getFinishedSpans(), canvas);
  expect(drawn).toMatch(/^trace [0-9a-f]{32} {2}2 spans {2}\S+ [mµ]s {2}1 error\nparent .*\n└─ ✗ child .*\n/);
  expect(drawn).toMatch(/\n {6}TypeError: no {2}at …\/spec\/terminal\/sdk-records\.spec\.ts:\d+:\d+\n$/);
});

it('metrics', async () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({
    readers: [reader],
    views: [{ instrumentName: 'exponential', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } }],
  });
  const meter = provider.getMeter('m');
  meter.createCounter('calls').add(3, { outcome: 'success' });
  meter.createUpDownCounter('active').add(-1);
  meter.createGauge('size', { unit: 'By' }).record(2_048);
  const explicit = meter.createHistogram('explicit', { unit: 's', advice: { explicitBucketBoundaries: [1, 2, 4] } });
  const exponential = meter.createHistogram('exponential', { unit: 's' });
  for (const histogram of [explicit, exponential]) for (const value of [1.5, 1.5, 1.5, 3]) histogram.record(value);
  await provider.forceFlush();
  const metrics = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
  await provider.shutdown();
  const lines = drawMetrics(metrics, { width: 60, colour: false }).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'calls  counter',
      '      3  outcome=success',
      'active  up-down counter',
      '     -1',
      'size  gauge, By',
      '  2 KiB',
    ]),
  );
  const below = (name: string): string | undefined => lines[lines.indexOf(name) + 1];
  expect(below('explicit  histogram, s')).toMatch(/^ +4 +1\.83 s +2\.8 s +3 s$/);
  expect(below('exponential  exponential histogram, s')).toMatch(/^ +4 +1\.5 s +3 s +3 s$/);
});

it('log records', () => {
  const exporter = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] });
  provider.getLogger('l').emit({ severityNumber: SeverityNumber.WARN, body: { a: [1] }, attributes: { k: 'v' } });
  const [record] = exporter.getFinishedLogRecords();
  expect(record && drawLog(record, canvas)).toMatch(/^\d\d:\d\d:\d\d\.\d{3} WARN {2}\{"a":\[1\]\} {2}k=v$/);
});
