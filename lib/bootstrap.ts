/**
 * `bootstrap()`: the one call. Starts the pipeline, weaves every annotated class, and hands out what flushes, stops and
 * tells of it.
 */
import { advisorFor } from './advice/advisor.js';
import { DisabledTelemetry } from './disabled-telemetry.js';
import { restartReports } from './faults/report.js';
import { processState } from './metadata/process-state.js';
import type { Instruments } from './metrics/instruments.js';
import { Diagnostics } from './provider/diagnostics.js';
import { ExistingProvider } from './provider/existing-provider.js';
import type { Health } from './provider/health.js';
import { ProcessEnd } from './provider/process-end.js';
import { propagatorFor } from './provider/propagators.js';
import { Provider } from './provider/provider.js';
import { registerPropagation } from './provider/registration.js';
import type { RunningProvider } from './provider/running-provider.js';
import { type ResolvedSettings, resolveSettings } from './provider/settings/resolve-settings.js';
import type { Settings } from './provider/settings/settings.js';
import { isUnobserved } from './provider/unobserved.js';
import type { KeepingOptions } from './recorder/trace-keeping.js';
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
  return start(settings, undefined);
}

/**
 * The same, with traces decided about at their end. It is no public word: what `sampling` says will be made of it, and until
 * then it serves specs and benches.
 */
export function bootstrapKeeping(keeping: KeepingOptions, settings: Settings = {}): Telemetry {
  return start(settings, keeping);
}

function start(settings: Settings, keeping: KeepingOptions | undefined): Telemetry {
  const state = processState();
  if (state.telemetry !== undefined) return state.telemetry as Telemetry;
  const diagnostics = new Diagnostics(process.env);
  restartReports(diagnostics.tell);
  try {
    const telemetry = telemetryFor(resolveSettings(settings, process.env), keeping, diagnostics);
    state.telemetry = telemetry;
    return telemetry;
  } catch (error) {
    diagnostics.end();
    throw error;
  }
}

function telemetryFor(
  resolved: ResolvedSettings,
  keeping: KeepingOptions | undefined,
  diagnostics: Diagnostics,
): Telemetry {
  if (resolved.disabled)
    return new DisabledTelemetry(registerPropagation(propagatorFor(resolved.propagators)), () => diagnostics.end());
  const provider = resolved.provider === 'existing' ? new ExistingProvider() : new Provider(resolved, keeping);
  return new RunningTelemetry(provider, resolved, diagnostics);
}

class RunningTelemetry implements Telemetry {
  readonly #provider: RunningProvider;
  readonly #instruments: Instruments;
  readonly #loom: Loom;
  readonly #shutdownMs: number;
  readonly #diagnostics: Diagnostics;
  readonly #end: ProcessEnd | undefined;
  #stopping: Promise<void> | undefined;

  constructor(provider: RunningProvider, { shutdown, limits }: ResolvedSettings, diagnostics: Diagnostics) {
    this.#provider = provider;
    this.#diagnostics = diagnostics;
    this.#shutdownMs = shutdown.timeoutMs;
    this.#instruments = provider.instruments;
    this.#loom = new Loom(
      advisorFor({
        recorder: provider.recorder,
        instruments: this.#instruments,
        lasting: new Lasting(limits.idleMs),
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
    // Gauges are read once more on the way out, and not after.
    try {
      await this.#provider.shutdown(timeoutMs);
    } finally {
      this.#instruments.release();
      this.#diagnostics.end();
    }
  }
}
