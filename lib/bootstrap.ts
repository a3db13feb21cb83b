/**
 * `bootstrap()`: the one call. Starts the pipeline, weaves every annotated class, and hands out what flushes, stops and
 * tells of it.
 */
import { advisorFor } from './advice/advisor.js';
import { lengthsInForce } from './advice/lengths-in-force.js';
import { DisabledTelemetry } from './disabled-telemetry.js';
import { restartReports } from './faults/report.js';
import { processState } from './metadata/process-state.js';
import type { Instruments } from './metrics/instruments.js';
import { Diagnostics } from './provider/diagnostics.js';
import { ExistingProvider } from './provider/existing-provider.js';
import type { Health } from './provider/health.js';
import type { InnerParts } from './provider/inner-parts.js';
import { ProcessEnd } from './provider/process-end.js';
import { propagatorFor } from './provider/propagators.js';
import { Provider } from './provider/provider.js';
import { registerPropagation } from './provider/registration.js';
import type { RunningProvider } from './provider/running-provider.js';
import { type ResolvedSettings, resolveSettings } from './provider/settings/resolve-settings.js';
import type { Settings } from './provider/settings/settings.js';
import { isUnobserved } from './provider/unobserved.js';
import { readClock } from './recorder/clock.js';
import type { Telemetry } from './telemetry.js';
import { Lasting } from './weaving/lasting.js';
import { Loom } from './weaving/loom.js';

/** How long `flush()` waits where it is not told otherwise (specification, `OTEL_BSP_EXPORT_TIMEOUT`). */
const flushWithinMs = 30_000;

/**
 * Starts telemetry for this process. Synchronous: when it returns, the classes known so far are woven, and those that
 * appear later will be. While it runs, a second call returns the same handle and its settings are not looked at.
 *
 * @throws SpandrelFault for an unknown, impossible or not-yet-built setting, where another OpenTelemetry SDK is registered already,
 * and with `provider: 'existing'` where none is.
 */
export function bootstrap(settings: Settings = {}): Telemetry {
  return bootstrapWith({}, settings);
}

/** The same, with parts that no setting names: for the test kit. */
export function bootstrapWith(inner: InnerParts, settings: Settings = {}): Telemetry {
  const state = processState();
  if (state.telemetry !== undefined) return state.telemetry as Telemetry;
  const diagnostics = new Diagnostics(process.env);
  restartReports(inner.tell ?? diagnostics.tell);
  try {
    const telemetry = telemetryFor(resolveSettings(settings, process.env), inner, diagnostics);
    state.telemetry = telemetry;
    return telemetry;
  } catch (error) {
    diagnostics.end();
    throw error;
  }
}

function telemetryFor(resolved: ResolvedSettings, inner: InnerParts, diagnostics: Diagnostics): Telemetry {
  // A test that asks for telemetry means it, wherever it runs.
  if (resolved.disabled && inner.spans === undefined) {
    // An SDK that is there passes trace context on by itself, and holds the places.
    const registered =
      resolved.provider === 'existing'
        ? { undo: () => undefined }
        : registerPropagation(propagatorFor(resolved.propagators));
    return new DisabledTelemetry(registered, () => diagnostics.end());
  }
  const provider = resolved.provider === 'existing' ? new ExistingProvider() : new Provider(resolved, inner);
  if (inner.clock !== undefined) readClock(inner.clock);
  return new RunningTelemetry(provider, resolved, inner, diagnostics);
}

class RunningTelemetry implements Telemetry {
  readonly #provider: RunningProvider;
  readonly #instruments: Instruments;
  readonly #loom: Loom;
  readonly #shutdownMs: number;
  readonly #diagnostics: Diagnostics;
  readonly #end: ProcessEnd | undefined;
  readonly #clock: InnerParts['clock'];
  #stopping: Promise<void> | undefined;

  constructor(
    provider: RunningProvider,
    { shutdown, limits }: ResolvedSettings,
    { clock }: InnerParts,
    diagnostics: Diagnostics,
  ) {
    this.#clock = clock;
    this.#provider = provider;
    this.#diagnostics = diagnostics;
    this.#shutdownMs = shutdown.timeoutMs;
    this.#instruments = provider.instruments;
    lengthsInForce.span = limits.spans.attributeValueLengthLimit;
    lengthsInForce.log = limits.logs.attributeValueLengthLimit;
    this.#loom = new Loom(
      advisorFor({
        recorder: provider.recorder,
        instruments: this.#instruments,
        lasting: new Lasting(limits.idleMs),
        clock,
      }),
    );
    this.#loom.start();
    if (shutdown.signals === undefined) return;
    this.#end = new ProcessEnd(shutdown.signals, shutdown.timeoutMs, {
      flush: (timeoutMs) => this.flush({ timeoutMs }),
      shutdown: (timeoutMs) => this.shutdown({ timeoutMs }),
    });
  }

  flush(options?: { readonly timeoutMs?: number }): Promise<void> {
    const flushed = this.#provider.flush(options?.timeoutMs ?? flushWithinMs);
    // An exporter that waited for this would be waiting for itself.
    return isUnobserved() ? Promise.resolve() : flushed;
  }

  shutdown(options?: { readonly timeoutMs?: number }): Promise<void> {
    const byExporter = isUnobserved();
    this.#stopping ??= this.#stop(options?.timeoutMs ?? this.#shutdownMs);
    return byExporter ? Promise.resolve() : this.#stopping;
  }

  health(): Health {
    return this.#provider.health();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown();
  }

  async #stop(timeoutMs: number): Promise<void> {
    this.#loom.stop();
    this.#end?.stop();
    // Only now may another bootstrap() begin; it does not wait for the last export.
    processState().telemetry = undefined;
    if (this.#clock !== undefined) readClock();
    // Gauges are read once more on the way out, and not after.
    try {
      await this.#provider.shutdown(timeoutMs);
    } finally {
      this.#instruments.release();
      this.#diagnostics.end();
    }
  }
}
