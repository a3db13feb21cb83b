/**
 * The export pipeline while it runs: started from settings, flushed, and stopped within a deadline. It never rejects and
 * never throws once it has started.
 */
import { LoggerProvider } from '@opentelemetry/sdk-logs';
import { report } from '../faults/report.js';
import type { Instruments } from '../metrics/instruments.js';
import type { SeriesBudget } from '../metrics/series-budget.js';
import type { Recorder } from '../recorder/recorder.js';
import { allParts } from './all-parts.js';
import { ClockedLoggerProvider } from './clocked-logger-provider.js';
import { turnOver, within } from './deadline.js';
import { Detection } from './detection.js';
import { FaultsOfRun } from './faults-of-run.js';
import type { Health } from './health.js';
import type { InnerParts } from './inner-parts.js';
import { Instrumentations } from './instrumentations.js';
import { meteringFor } from './metering.js';
import { OwnMetrics } from './own-metrics.js';
import { peerMetrics } from './peer-metrics.js';
import { type Pipeline, pipelineFor } from './pipeline.js';
import { propagatorFor } from './propagators.js';
import { type Registered, register } from './registration.js';
import { instanceIn, resourceFor } from './resource.js';
import type { RunningProvider } from './running-provider.js';
import { type Sampling, samplingFor } from './sampling/sampling-for.js';
import { heldSpans, samplingHealth } from './sampling/sampling-health.js';
import { inEnvironment } from './sdk-environment.js';
import type { ResolvedSettings } from './settings/resolve-settings.js';
import { type Tracing, tracingFor } from './tracing.js';

export class Provider implements RunningProvider {
  readonly recorder: Recorder;
  readonly instruments: Instruments;
  readonly #pipeline: Pipeline;
  readonly #registered: Registered;
  readonly #sampling: Sampling | undefined;
  readonly #tracing: Tracing;
  readonly #instrumentations: Instrumentations;
  readonly #peerMetrics: Instrumentations;
  readonly #detection: Detection;
  readonly #ownMetrics: OwnMetrics | undefined;
  readonly #series: SeriesBudget;
  readonly #faults = new FaultsOfRun();
  #stopped = false;

  /** Builds and registers the pipeline. Throws a `SpandrelFault` where it cannot. */
  constructor(settings: ResolvedSettings, inner: InnerParts) {
    this.#instrumentations = new Instrumentations(settings.instrumentations);
    this.#peerMetrics = new Instrumentations(peerMetrics(settings.metrics));
    const { environment } = settings;
    const resource = inEnvironment(environment, () => resourceFor(settings));
    this.#detection = new Detection(resource);
    const telling = { instance: instanceIn(resource), detecting: this.#detection.ended };
    this.#pipeline = inEnvironment(environment, () => pipelineFor(settings, inner, telling));
    try {
      const metering = meteringFor(resource, this.#pipeline.metricReaders, {
        views: settings.metrics.views,
        detection: this.#detection,
        limits: settings.limits.series,
      });
      this.instruments = metering.instruments;
      this.#series = metering.series;
      const { room, spans } = this.#pipeline;
      this.#sampling = samplingFor(settings.sampling, room);
      const terms = { keeping: this.#sampling?.keeping, spanLimits: settings.limits.spans, running: room.running };
      this.#tracing = inEnvironment(environment, () => tracingFor(resource, spans, terms, inner));
      const logger = new (inner.clock === undefined ? LoggerProvider : ClockedLoggerProvider)({
        resource,
        processors: this.#pipeline.logProcessors,
        logRecordLimits: settings.limits.logs,
      });
      const providers = { tracer: this.#tracing.provider, meter: metering.provider, logger };
      this.#registered = register({ ...providers, propagator: propagatorFor(settings.propagators) });
      this.recorder = this.#tracing.recorderIn(this.#registered.surroundings);
      this.#instrumentations.start(providers);
      this.#peerMetrics.start(providers);
      if (settings.metrics.own) this.#ownMetrics = new OwnMetrics(metering.uncounted, () => this.health());
    } catch (error) {
      // What was built is put away again: queues and readers have timers.
      this.#sampling?.stop();
      this.#giveUp();
      void allParts(this.#pipeline.metricReaders, (reader) => reader.shutdown());
      throw error;
    }
  }

  /** Sends what is waiting and collects metrics once; gives up after `timeoutMs`. */
  async flush(timeoutMs: number): Promise<void> {
    if (this.#stopped) return;
    const { spanProcessors, logProcessors, metricReaders } = this.#pipeline;
    const parts = [...spanProcessors, ...logProcessors, ...metricReaders];
    await turnOver();
    this.#sampling?.keeping.settle();
    await within(
      timeoutMs,
      allParts(parts, (part) => part.forceFlush()),
    );
  }

  /** Takes nothing more in, sends what is waiting, leaves the API as it was found; gives up after `timeoutMs`. */
  async shutdown(timeoutMs: number): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#series.tell();
    this.#faults.stopping();
    this.#instrumentations.stop();
    this.#registered.undo();
    // Before anything is waited for: another may begin at once, at the same address.
    this.#pipeline.endScrapes();
    const { spanProcessors, logProcessors, metricReaders } = this.#pipeline;
    const parts = [...spanProcessors, ...logProcessors, ...metricReaders];
    await turnOver();
    this.#sampling?.stop();
    const inTime = await within(
      timeoutMs,
      allParts(parts, (part) => part.shutdown()),
    );
    // They are collected once more on the way out.
    this.#peerMetrics.stop();
    this.#ownMetrics?.stop();
    if (!inTime) {
      this.#giveUp();
      report('SPANDREL_SHUTDOWN_LATE', '', { timeoutMs });
    }
    this.#faults.stopped();
  }

  #giveUp(): void {
    this.#pipeline.abandon();
    this.#detection.giveUp();
  }

  health(): Health {
    if (!this.#stopped) this.#series.tell();
    const { spanCounts, logCounts, metricCounts, room } = this.#pipeline;
    const { count: unrecorded } = this.#tracing.refusals;
    const sampling = this.#sampling;
    return {
      state: this.#stopped ? 'stopped' : 'running',
      running: { spans: room.running.running, atMost: room.running.atMost, unrecorded },
      spans: spanCounts.map((part) => part.count()),
      logs: logCounts.map((part) => part.count()),
      metrics: metricCounts.map((part) => part.count()),
      held: heldSpans(room),
      sampling: sampling === undefined ? undefined : samplingHealth(sampling.keeping, room, sampling.rates),
      series: this.#series.used,
      faults: this.#faults.all,
    };
  }
}
