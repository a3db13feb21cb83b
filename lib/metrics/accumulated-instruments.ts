/**
 * Instruments that accumulate by themselves where every reader can be told so; those of other types, those that a view
 * selects, and gauges, are had elsewhere.
 */
import { InstrumentType } from '@opentelemetry/sdk-metrics';
import type { AccumulatedType, Accumulators } from './accumulators.js';
import type { MetricDefinition } from './definition.js';
import type { Instruments } from './instruments.js';
import type { Selects } from './views.js';

export function accumulatedInstruments(
  accumulators: Accumulators,
  otherwise: Instruments,
  isSelected: Selects,
): Instruments {
  const { COUNTER, UP_DOWN_COUNTER, HISTOGRAM } = InstrumentType;
  const types: readonly AccumulatedType[] = [COUNTER, UP_DOWN_COUNTER, HISTOGRAM];
  const had = new Set(types.filter((type) => accumulators.has(type)));
  const isOurs = (definition: MetricDefinition, type: AccumulatedType): boolean =>
    had.has(type) && !isSelected(definition, type);
  return {
    counter: (definition) =>
      isOurs(definition, COUNTER) ? accumulators.sum(definition, COUNTER) : otherwise.counter(definition),
    upDownCounter: (definition) =>
      isOurs(definition, UP_DOWN_COUNTER)
        ? accumulators.sum(definition, UP_DOWN_COUNTER)
        : otherwise.upDownCounter(definition),
    histogram: (definition) =>
      isOurs(definition, HISTOGRAM) ? accumulators.histogram(definition) : otherwise.histogram(definition),
    gauge: otherwise.gauge,
    release: () => {
      otherwise.release();
      accumulators.release();
    },
  };
}
