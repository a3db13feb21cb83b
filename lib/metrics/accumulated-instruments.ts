/**
 * Instruments that accumulate by themselves where every reader can be told so; those of other types, and gauges, are had
 * elsewhere.
 */
import { InstrumentType } from '@opentelemetry/sdk-metrics';
import type { Accumulators } from './accumulators.js';
import type { Instruments } from './instruments.js';

export function accumulatedInstruments(accumulators: Accumulators, otherwise: Instruments): Instruments {
  const { COUNTER, UP_DOWN_COUNTER, HISTOGRAM } = InstrumentType;
  return {
    counter: accumulators.has(COUNTER) ? (definition) => accumulators.sum(definition, COUNTER) : otherwise.counter,
    upDownCounter: accumulators.has(UP_DOWN_COUNTER)
      ? (definition) => accumulators.sum(definition, UP_DOWN_COUNTER)
      : otherwise.upDownCounter,
    histogram: accumulators.has(HISTOGRAM) ? (definition) => accumulators.histogram(definition) : otherwise.histogram,
    gauge: otherwise.gauge,
    release: () => {
      otherwise.release();
      accumulators.release();
    },
  };
}
