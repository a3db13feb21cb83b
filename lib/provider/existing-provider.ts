/**
 * An OpenTelemetry SDK that somebody else has registered: spans, measurements and log records are handed to the API, and
 * what becomes of them (sampling, processors, views, exporters) is for that SDK to decide. It is never shut down from here.
 */
import { metrics, type ProxyTracerProvider, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { scope } from '../conventions/scope.js';
import { settingFault } from '../faults/setting-fault.js';
import type { Instruments } from '../metrics/instruments.js';
import { meterInstruments } from '../metrics/meter-instruments.js';
import type { Recorder } from '../recorder/recorder.js';
import { tracerRecorder } from '../recorder/tracer-recorder.js';
import { allParts } from './all-parts.js';
import { placesOfApi } from './context-place.js';
import { turnOver, within } from './deadline.js';
import { FaultsOfRun } from './faults-of-run.js';
import { type Health, nothingHeld } from './health.js';
import type { RunningProvider } from './running-provider.js';

/** The API does not ask it of a provider; those of the SDK have it. */
interface Flushable {
  forceFlush(): Promise<void>;
}

export class ExistingProvider implements RunningProvider {
  readonly recorder: Recorder;
  readonly instruments: Instruments;
  readonly #faults = new FaultsOfRun();
  #stopped = false;

  /** Throws a `SpandrelFault` where nothing is registered: what is made then would go nowhere, also later. */
  constructor() {
    const places = placesOfApi();
    if (places?.['trace'] === undefined && places?.['metrics'] === undefined) {
      throw settingFault('SPANDREL_NOTHING_REGISTERED', '', {});
    }
    // A span that has no end is sent by nobody: there is no other way to take one back from an SDK.
    this.recorder = tracerRecorder(trace.getTracer(scope.name, scope.version), () => undefined);
    this.instruments = meterInstruments(metrics.getMeter(scope.name, scope.version));
  }

  async flush(timeoutMs: number): Promise<void> {
    if (!this.#stopped) await flushAll(timeoutMs);
  }

  async shutdown(timeoutMs: number): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#faults.stopping();
    await flushAll(timeoutMs);
    this.#faults.stopped();
  }

  /** What was delivered, its exporters know: there is nothing of ours to count. */
  health(): Health {
    return {
      state: this.#stopped ? 'stopped' : 'running',
      spans: [],
      logs: [],
      metrics: [],
      held: nothingHeld,
      sampling: undefined,
      series: undefined,
      faults: this.#faults.all,
    };
  }
}

async function flushAll(timeoutMs: number): Promise<void> {
  const tracing = trace.getTracerProvider() as Partial<ProxyTracerProvider>;
  const providers: readonly object[] = [
    tracing.getDelegate?.() ?? tracing,
    metrics.getMeterProvider(),
    logs.getLoggerProvider(),
  ];
  await turnOver();
  await within(
    timeoutMs,
    allParts(providers, async (provider: Partial<Flushable>) => {
      if (typeof provider.forceFlush === 'function') await provider.forceFlush();
    }),
  );
}
