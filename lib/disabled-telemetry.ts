/**
 * What `bootstrap()` gives with `OTEL_SDK_DISABLED=true`: nothing is woven, recorded or sent. Trace context is still passed on
 * (specification: the variable has no effect on propagators).
 */
import { processState } from './metadata/process-state.js';
import { type Health, nothingHeld } from './provider/health.js';
import type { Registered } from './provider/registration.js';

export class DisabledTelemetry implements AsyncDisposable {
  readonly #undo: () => void;
  #stopped = false;

  constructor(registered: Pick<Registered, 'undo'>, ended: () => void) {
    this.#undo = () => {
      registered.undo();
      ended();
    };
  }

  async flush(): Promise<void> {}

  async shutdown(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#undo();
    processState().telemetry = undefined;
  }

  health(): Health {
    return {
      state: this.#stopped ? 'stopped' : 'disabled',
      spans: [],
      logs: [],
      metrics: [],
      held: nothingHeld,
      sampling: undefined,
      series: undefined,
      faults: [],
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown();
  }
}
