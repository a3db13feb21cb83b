/**
 * The metrics side of the pipeline: the SDK's meter provider, which other instrumentations and gauges use, and our own
 * instruments beside it, both told to every reader as one.
 */
import type { Resource } from '@opentelemetry/resources';
import { type IMetricReader, MeterProvider, type ViewOptions } from '@opentelemetry/sdk-metrics';
import { scope } from '../conventions/scope.js';
import { messageOf } from '../faults/report.js';
import { settingFault } from '../faults/setting-fault.js';
import { accumulatedInstruments } from '../metrics/accumulated-instruments.js';
import { Accumulators } from '../metrics/accumulators.js';
import type { Instruments } from '../metrics/instruments.js';
import { meterInstruments } from '../metrics/meter-instruments.js';
import { selectedBy } from '../metrics/views.js';
import type { Detection } from './detection.js';
import { UnobservedReader } from './unobserved-reader.js';

export interface Metering {
  readonly provider: MeterProvider;
  readonly instruments: Instruments;
}

export interface MeteringOptions {
  /** For all metrics of the process, ours included. */
  readonly views?: readonly ViewOptions[] | undefined;
  /** Nothing is collected before it has ended: the resource is not complete until then. */
  readonly detection?: Detection | undefined;
}

/** Throws a `SpandrelFault` for a view that the SDK refuses, and for a reader that belongs to somebody else. */
export function meteringFor(
  resource: Resource,
  readers: readonly IMetricReader[],
  { views = [], detection }: MeteringOptions = {},
): Metering {
  for (const [place, view] of views.entries()) checkView(view, `metrics.views[${place}]`);
  const guarded: UnobservedReader[] = readers.map(
    (reader, place) => new UnobservedReader(reader, () => accumulators.collect(place), detection),
  );
  const accumulators = new Accumulators(guarded);
  const provider = providerOf(resource, guarded, views);
  const meter = meterInstruments(provider.getMeter(scope.name, scope.version));
  return { provider, instruments: accumulatedInstruments(accumulators, meter, selectedBy(views)) };
}

/** The SDK takes a view apart as a provider is made. */
function checkView(view: ViewOptions, setting: string): void {
  try {
    new MeterProvider({ views: [view] });
  } catch (error) {
    throw settingFault('SPANDREL_SETTING_INVALID', setting, {
      setting,
      value: messageOf(error),
      allowed: 'a view that the OpenTelemetry SDK takes',
    });
  }
}

/** A reader belongs to one provider for life, and says so by throwing. */
function providerOf(resource: Resource, readers: IMetricReader[], views: readonly ViewOptions[]): MeterProvider {
  try {
    return new MeterProvider({ resource, readers, views: [...views] });
  } catch (error) {
    throw settingFault('SPANDREL_SETTING_INVALID', 'export.metricReaders', {
      setting: 'export.metricReaders',
      value: messageOf(error),
      allowed: 'readers that no other provider has taken',
    });
  }
}
