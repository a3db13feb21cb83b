/**
 * The export pipeline while it runs: started from settings, flushed, and stopped within a deadline. It never rejects and
 * never throws once it has started.
 */
import type { Tracer } from '@opentelemetry/api';
import { LoggerProvider } from '@opentelemetry/sdk-logs';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { scope } from '../conventions/scope.js';
import { SpandrelFault } from '../faults/fault.js';
import { type FaultCount, messageOf, report, reported, reportsOf } from '../faults/report.js';
import { accumulatedInstruments } from '../metrics/accumulated-instruments.js';
import { Accumulators } from '../metrics/accumulators.js';
import type { Instruments } from '../metrics/instruments.js';
import { meterInstruments } from '../metrics/meter-instruments.js';
import { turnOver, within } from './deadline.js';
import type { Health } from './health.js';
import { type Pipeline, pipelineFor } from './pipeline.js';
import { type Providers, register } from './registration.js';
import { resourceFor } from './resource.js';
import type { ResolvedSettings } from './settings/resolve-settings.js';
import { unobserved } from './unobserved.js';
import { UnobservedReader } from './unobserved-reader.js';

export class Provider {
  readonly tracer: Tracer;
  readonly instruments: Instruments;
  readonly #pipeline: Pipeline;
  readonly #providers: Providers;
  readonly #unregister: () => void;
  #stopped = false;
  /** What was told until it stopped; later faults are another telemetry's. */
  #faults: readonly FaultCount[] | undefined;

  /** Builds and registers the pipeline. Throws a `SpandrelFault` where it cannot. */
  constructor(settings: ResolvedSettings) {
    this.#pipeline = pipelineFor(settings);
    const accumulators = new Accumulators(this.#pipeline.metricReaders);
    try {
      this.#providers = providersFor(settings, this.#pipeline, accumulators);
      this.#unregister = register(this.#providers);
    } catch (error) {
      // What was built is put away again: readers have timers.
      void all(this.#pipeline.metricReaders, (reader) => reader.shutdown());
      throw error;
    }
    this.tracer = this.#providers.tracer.getTracer(scope.name, scope.version);
    const meter = this.#providers.meter.getMeter(scope.name, scope.version);
    this.instruments = accumulatedInstruments(accumulators, meterInstruments(meter));
  }

  /** Sends what is waiting and collects metrics once; gives up after `timeoutMs`. */
  async flush(timeoutMs: number): Promise<void> {
    if (this.#stopped) return;
    const { spanProcessors, logProcessors, metricReaders } = this.#pipeline;
    const parts = [...spanProcessors, ...logProcessors, ...metricReaders];
    await turnOver();
    await within(
      timeoutMs,
      all(parts, (part) => part.forceFlush()),
    );
  }

  /** Takes nothing more in, sends what is waiting, leaves the API as it was found; gives up after `timeoutMs`. */
  async shutdown(timeoutMs: number): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    const ours = reportsOf();
    this.#faults = reported();
    this.#unregister();
    const { spanProcessors, logProcessors, metricReaders } = this.#pipeline;
    const parts = [...spanProcessors, ...logProcessors, ...metricReaders];
    await turnOver();
    const inTime = await within(
      timeoutMs,
      all(parts, (part) => part.shutdown()),
    );
    if (!inTime) {
      this.#pipeline.abandon();
      report('SPANDREL_SHUTDOWN_LATE', '', { timeoutMs });
    }
    // Another telemetry may have begun meanwhile: what is reported now is its own.
    if (reportsOf() === ours) this.#faults = reported();
  }

  health(): Health {
    const { spanCounts, logCounts, metricCounts } = this.#pipeline;
    return {
      state: this.#stopped ? 'stopped' : 'running',
      spans: spanCounts.map((part) => part.count()),
      logs: logCounts.map((part) => part.count()),
      metrics: metricCounts.map((part) => part.count()),
      faults: this.#faults ?? reported(),
    };
  }
}

function providersFor(settings: ResolvedSettings, pipeline: Pipeline, accumulators: Accumulators): Providers {
  const resource = resourceFor(settings.service);
  return {
    tracer: new NodeTracerProvider({ resource, spanProcessors: pipeline.spanProcessors }),
    meter: meterProvider(resource, pipeline, accumulators),
    logger: new LoggerProvider({ resource, processors: pipeline.logProcessors }),
  };
}

/** A reader belongs to one provider for life, and says so by throwing. */
function meterProvider(
  resource: ReturnType<typeof resourceFor>,
  { metricReaders }: Pipeline,
  accumulators: Accumulators,
): MeterProvider {
  try {
    const readers = metricReaders.map(
      (reader, place) => new UnobservedReader(reader, () => accumulators.collect(place)),
    );
    return new MeterProvider({ resource, readers });
  } catch (error) {
    throw new SpandrelFault('SPANDREL_SETTING_INVALID', 'export.metricReaders', {
      setting: 'export.metricReaders',
      value: messageOf(error),
      allowed: 'readers that no other provider has taken',
    });
  }
}

/** All of it at once: one that fails or hangs does not keep the others from finishing. */
async function all<P extends { constructor: { name: string } }>(
  parts: readonly P[],
  work: (part: P) => Promise<void>,
): Promise<void> {
  await Promise.all(
    parts.map(async (part) => {
      try {
        await unobserved(() => work(part));
      } catch (error) {
        const exporter = part.constructor.name;
        report('SPANDREL_EXPORT_FAILED', exporter, { signal: 'telemetry', exporter, error: messageOf(error) });
      }
    }),
  );
}
