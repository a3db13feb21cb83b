/**
 * The metrics side of the pipeline: the SDK's meter provider, which other instrumentations and gauges use, and our own
 * instruments beside it, both told to every reader as one.
 */
import type { Resource } from '@opentelemetry/resources';
import { type IMetricReader, MeterProvider } from '@opentelemetry/sdk-metrics';
import { scope } from '../conventions/scope.js';
import { SpandrelFault } from '../faults/fault.js';
import { messageOf } from '../faults/report.js';
import { accumulatedInstruments } from '../metrics/accumulated-instruments.js';
import { Accumulators } from '../metrics/accumulators.js';
import type { Instruments } from '../metrics/instruments.js';
import { meterInstruments } from '../metrics/meter-instruments.js';
import { UnobservedReader } from './unobserved-reader.js';

export interface Metering {
  readonly provider: MeterProvider;
  readonly instruments: Instruments;
}

/** Nothing is collected before `detecting` has settled: the resource is not complete until then. */
export function meteringFor(
  resource: Resource,
  readers: readonly IMetricReader[],
  detecting?: Promise<void>,
): Metering {
  const accumulators = new Accumulators(readers);
  const provider = providerOf(
    resource,
    readers.map((reader, place) => new UnobservedReader(reader, () => accumulators.collect(place), detecting)),
  );
  const meter = provider.getMeter(scope.name, scope.version);
  return { provider, instruments: accumulatedInstruments(accumulators, meterInstruments(meter)) };
}

/** A reader belongs to one provider for life, and says so by throwing. */
function providerOf(resource: Resource, readers: IMetricReader[]): MeterProvider {
  try {
    return new MeterProvider({ resource, readers });
  } catch (error) {
    throw new SpandrelFault('SPANDREL_SETTING_INVALID', 'export.metricReaders', {
      setting: 'export.metricReaders',
      value: messageOf(error),
      allowed: 'readers that no other provider has taken',
    });
  }
}
