/**
 * What telemetry runs on: a pipeline of our own (`provider.ts`), or an SDK that is there already (`existing-provider.ts`).
 */
import type { Instruments } from '../metrics/instruments.js';
import type { Recorder } from '../recorder/recorder.js';
import type { Health } from './health.js';

export interface RunningProvider {
  readonly recorder: Recorder;
  readonly instruments: Instruments;
  /** Sends what is waiting and collects metrics once; gives up after `timeoutMs`. Never rejects. */
  flush(timeoutMs: number): Promise<void>;
  /** Sends what is waiting, and leaves what is not its own as it was; gives up after `timeoutMs`. Never rejects. */
  shutdown(timeoutMs: number): Promise<void>;
  health(): Health;
}
