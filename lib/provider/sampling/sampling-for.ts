/**
 * What `sampling` asks for, put together: who decides about traces at their end, and what share of the successes that is by now.
 */
import type { SpanRoom } from '../../recorder/span-room.js';
import { TraceKeeping } from '../../recorder/trace-keeping.js';
import type { ResolvedSampling } from '../settings/resolve-sampling.js';
import { type ChangingRates, successRatesFor } from './success-rates-for.js';
import { keepingRules } from './trace-rules.js';

export interface Sampling {
  readonly keeping: TraceKeeping;
  /** The share of the successes now, and the load it follows. */
  readonly rates: ChangingRates;
  /** Decides about what is open as it is: no more of it will be told in time. */
  stop(): void;
}

/** `undefined` where the samplers of the specification decide, as traces begin. */
export function samplingFor(settings: ResolvedSampling | undefined, room: SpanRoom): Sampling | undefined {
  if (settings === undefined) return undefined;
  const { rules, adaptive, maxSpansPerSecond, perSite } = settings;
  const fill = (): number => Math.max(room.held / room.spansAtMost, room.bytes / room.bytesAtMost);
  const rates = successRatesFor(settings, { fill });
  const isFixed = adaptive === undefined && maxSpansPerSecond === undefined && perSite === undefined;
  const keeping = new TraceKeeping({
    ...settings,
    rules: keepingRules(rules),
    rates: isFixed ? undefined : rates,
    room,
  });
  rates.start();
  return {
    keeping,
    rates,
    stop() {
      rates.stop();
      keeping.stop();
    },
  };
}
