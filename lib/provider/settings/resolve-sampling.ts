/**
 * `sampling` completed, for the pipeline.
 */
import { settingFault } from '../../faults/setting-fault.js';
import type { AdaptiveSettings, SamplingSettings, TraceRule } from './sampling-settings.js';

export interface ResolvedSampling {
  readonly success: number;
  readonly error: number;
  readonly slow: { readonly overMs: number; readonly rate: number } | undefined;
  readonly rules: readonly TraceRule[];
  readonly adaptive: AdaptiveSettings | undefined;
  readonly maxSpansPerSecond: number | undefined;
  readonly perSite: number | undefined;
  readonly collapse: boolean;
  readonly decideAfterMs: number;
}

/** `undefined` where nothing is said of it: then the samplers of the specification decide. Throws a `SpandrelFault` for half a rule. */
export function resolveSampling(given: SamplingSettings | undefined): ResolvedSampling | undefined {
  if (given === undefined) return undefined;
  const { success = 1, error = 1, rules = [], adaptive = false, collapse = false, decideAfterMs = 60_000 } = given;
  return {
    success,
    error,
    slow: slowOf(given.slow),
    rules: [...rules],
    adaptive: typeof adaptive === 'object' ? adaptive : adaptive ? {} : undefined,
    maxSpansPerSecond: given.maxSpansPerSecond,
    perSite: given.perSite,
    collapse,
    decideAfterMs,
  };
}

function slowOf(slow: SamplingSettings['slow']): ResolvedSampling['slow'] {
  if (slow === undefined) return undefined;
  const { overMs, rate = 1 } = slow;
  if (overMs !== undefined) return { overMs, rate };
  const setting = 'sampling.slow.overMs';
  throw settingFault('SPANDREL_SETTING_INVALID', setting, {
    setting,
    value: 'undefined',
    allowed: 'a positive number of milliseconds',
  });
}
