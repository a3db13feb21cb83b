/**
 * `startTestTelemetry()`: telemetry for a test, kept in memory. It is the pipeline of `bootstrap()`, with the same settings; only
 * what stands at its end differs.
 */
import { bootstrapWith } from '../bootstrap.js';
import { settingFault } from '../faults/setting-fault.js';
import { processState } from '../metadata/process-state.js';
import type { InnerParts } from '../provider/inner-parts.js';
import type { Settings } from '../provider/settings/settings.js';
import type { Clock } from '../recorder/clock.js';
import { SequentialIds } from '../recorder/sequential-ids.js';
import { LogsInMemory } from './logs-in-memory.js';
import { MetricsInMemory } from './metrics-in-memory.js';
import { recordedLog } from './recorded-log.js';
import { recordedSpans, recordedTrees } from './recorded-span.js';
import { SpansInMemory } from './spans-in-memory.js';
import { createTestClock, type TestClock } from './test-clock.js';
import { branded, type TestTelemetry } from './test-telemetry.js';

/** What `startTestTelemetry()` can be told; all of it can be left out. */
export interface TestTelemetryOptions {
  /** For `bootstrap()`. Unless they say otherwise, the protocol is `'none'` (a test sends nothing), our own metrics are left out, and no signals are listened to. */
  readonly settings?: Omit<Settings, 'provider'>;
  /** `'random'` (default), or `'sequential'`: 1, 2, 3, … in the order they are asked for, the same in every run. */
  readonly ids?: 'random' | 'sequential';
  /**
   * `'process'` (default); `'ticking'`: a millisecond on at each reading, the same in every run; or a `createTestClock()` of your
   * own. Only telemetry reads it.
   */
  readonly clock?: 'process' | 'ticking' | TestClock;
}

/**
 * Starts telemetry and keeps what it records. Classes are woven as by `bootstrap()`. One at a time.
 *
 * @throws SpandrelFault where telemetry is running already, and what `bootstrap()` throws.
 */
export function startTestTelemetry(options: TestTelemetryOptions = {}): TestTelemetry {
  return startTestTelemetryWith({}, options);
}

/** The same, with parts that no setting names. It is no public word: it serves specs. */
export function startTestTelemetryWith(
  inner: InnerParts,
  { settings = {}, ids = 'random', clock = 'process' }: TestTelemetryOptions,
): TestTelemetry {
  if (processState().telemetry !== undefined) throw settingFault('SPANDREL_TEST_ALREADY_RUNNING', '', {});
  const spans = new SpansInMemory();
  const logs = new LogsInMemory();
  const metrics = new MetricsInMemory();
  const warnings: string[] = [];
  const parts: InnerParts = {
    clock: clockFor(clock),
    ids: ids === 'sequential' ? new SequentialIds() : undefined,
    spans,
    logs,
    tell: (sentence) => void warnings.push(sentence),
    ...inner,
  };
  const { metricReaders = [], protocol = 'none', ...exporting } = settings.export ?? {};
  const telemetry = bootstrapWith(parts, {
    service: 'test',
    ...settings,
    // A test that is stopped is not to be listened to, and has nothing to send.
    shutdown: { signals: false, ...settings.shutdown },
    // What the program measures, and no more.
    metrics: { own: false, ...settings.metrics },
    export: { ...exporting, protocol, metricReaders: [...metricReaders, metrics.reader] },
  });
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    try {
      await metrics.close();
    } finally {
      await telemetry.shutdown();
    }
  };
  const handle: TestTelemetry = {
    telemetry,
    spans: () => recordedSpans(spans.all),
    traces: () => recordedTrees(spans.all),
    logs: () => logs.all.map(recordedLog),
    metrics: () => metrics.all(),
    points: async (name) => (await metrics.all()).find((metric) => metric.name === name)?.points ?? [],
    faults: () => telemetry.health().faults,
    warnings: () => [...warnings],
    async reset() {
      spans.forget();
      logs.forget();
      warnings.length = 0;
      await metrics.forget();
    },
    stop() {
      stopping ??= stop();
      return stopping;
    },
    [Symbol.asyncDispose]: () => handle.stop(),
  };
  return branded(handle);
}

function clockFor(clock: 'process' | 'ticking' | TestClock): Clock | undefined {
  if (clock === 'process') return undefined;
  return clock === 'ticking' ? createTestClock() : clock;
}
