/**
 * The handle `bootstrap()` gives back.
 */
import type { Health } from './provider/health.js';

/**
 * The running telemetry: what `bootstrap()` gives. `await using` shuts it down at the end of its block. One for the process, however often
 * `bootstrap()` is called.
 */
export interface Telemetry extends AsyncDisposable {
  /**
   * Sends all that is waiting, and collects metrics once. Resolves when it is sent or given up, at the latest after
   * `timeoutMs` (default 30,000); never rejects.
   */
  flush(options?: { readonly timeoutMs?: number }): Promise<void>;
  /**
   * Gives the classes their originals back, sends what is waiting, and leaves the OpenTelemetry API as it was found.
   * Resolves at the latest after `timeoutMs` (default: the setting `shutdown.timeoutMs`); never rejects. A second call
   * waits for the first.
   */
  shutdown(options?: { readonly timeoutMs?: number }): Promise<void>;
  /** What was delivered and what was lost, and why. */
  health(): Health;
}
