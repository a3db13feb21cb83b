/**
 * The faults of one telemetry, from its start to its end: what is reported later is another telemetry's.
 */
import { type FaultCount, reported, reportsOf } from '../faults/report.js';

export class FaultsOfRun {
  #kept: readonly FaultCount[] | undefined;
  #run: number | undefined;

  /** Those so far while it runs; once it has stopped, those until then. */
  get all(): readonly FaultCount[] {
    return this.#kept ?? reported();
  }

  /** It is stopping: another may begin before it has. */
  stopping(): void {
    this.#run = reportsOf();
    this.#kept = reported();
  }

  /** It has stopped: what that itself reported is still its own, unless another has begun meanwhile. */
  stopped(): void {
    if (reportsOf() === this.#run) this.#kept = reported();
  }
}
