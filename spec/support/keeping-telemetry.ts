/**
 * Telemetry that decides about traces at their end, told as `recorded-telemetry.ts` tells: with room for all that is exported.
 */
import type { Settings, Telemetry } from 'spandrel';
import { bootstrapKeeping } from '../../lib/bootstrap.js';
import type { KeepingOptions } from '../../lib/recorder/trace-keeping.js';
import { recorded } from './recorded-telemetry.js';

export function startKeeping(keeping: Partial<KeepingOptions> = {}, settings: Settings = {}): Telemetry {
  return recorded.start((given) =>
    bootstrapKeeping(
      { success: 0, buffer: 1_000_000, ...keeping },
      { ...given, batch: { buffer: 1_000_000 }, ...settings },
    ),
  );
}
