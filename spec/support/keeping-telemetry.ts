/**
 * Telemetry that decides about traces at their end, told as `recorded-telemetry.ts` tells: with room for all that is exported.
 */
import { bootstrap, type SamplingSettings, type Settings, type Telemetry } from 'spandrel';
import { recorded } from './recorded-telemetry.js';

export function startKeeping(sampling: SamplingSettings = {}, settings: Settings = {}): Telemetry {
  return recorded.start((given) =>
    bootstrap({
      ...given,
      sampling: { success: 0, ...sampling },
      batch: { buffer: 1_000_000 },
      metrics: { own: false },
      ...settings,
    }),
  );
}
