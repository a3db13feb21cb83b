/**
 * The metrics side of the pipeline: the SDK's meter provider, which other instrumentations and gauges use, and our own
 * instruments beside it, both told to every reader as one.
 */
import type { Meter } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import {
  type IMetricReader,
  MeterProvider,
  type MeterProviderOptions,
  type ViewOptions,
} from '@opentelemetry/sdk-metrics';
import { scope } from '../conventions/scope.js';
import { messageOf } from '../faults/report.js';
import { settingFault } from '../faults/setting-fault.js';
import { accumulatedInstruments } from '../metrics/accumulated-instruments.js';
import { Accumulators, seriesAtMost } from '../metrics/accumulators.js';
import type { Instruments } from '../metrics/instruments.js';
import { meterInstruments } from '../metrics/meter-instruments.js';
import { SeriesBudget, type SeriesLimits } from '../metrics/series-budget.js';
import { Collections } from '../metrics/series-gate.js';
import { selectedBy } from '../metrics/views.js';
import { BoundedMeterProvider, type Bounds } from './bounded-meter-provider.js';
import type { Detection } from './detection.js';
import { type Accumulated, UnobservedReader } from './unobserved-reader.js';

export interface Metering {
  readonly provider: MeterProvider;
  /** For metrics outside of the limits on series. */
  readonly uncounted: Meter;
  readonly instruments: Instruments;
  /** The series of all metrics together. */
  readonly series: SeriesBudget;
}

export interface MeteringOptions {
  /** For all metrics of the process, ours included. */
  readonly views?: readonly ViewOptions[] | undefined;
  /** Nothing is collected before it has ended: the resource is not complete until then. */
  readonly detection?: Detection | undefined;
  /** How many series there may be; those of the readers alone where left out. */
  readonly limits?: SeriesLimits | undefined;
}

const unlimited: SeriesLimits = { inAll: Number.POSITIVE_INFINITY, perMetric: () => undefined };

/** Throws a `SpandrelFault` for a view that the SDK refuses, and for a reader that belongs to somebody else. */
export function meteringFor(
  resource: Resource,
  readers: readonly IMetricReader[],
  { views = [], detection, limits = unlimited }: MeteringOptions = {},
): Metering {
  for (const [place, view] of views.entries()) checkView(view, `metrics.views[${place}]`);
  const series = new SeriesBudget(limits);
  const collections = new Collections(readers.length);
  const toldAt = (place: number): Accumulated => ({
    begin: () => collections.begin(),
    collect(began) {
      collections.end(place, began);
      series.tell();
      return accumulators.collect(place);
    },
    seriesAtMost: Number.isFinite(limits.inAll) ? Math.max(limits.inAll, seriesAtMost) : seriesAtMost,
  });
  const guarded: UnobservedReader[] = readers.map(
    (reader, place) => new UnobservedReader(reader, toldAt(place), detection),
  );
  const accumulators = new Accumulators(guarded, series);
  const provider = providerOf({ resource, readers: guarded, views: [...views] }, { budget: series, collections });
  const meter = meterInstruments(provider.getMeter(scope.name, scope.version));
  const uncounted = provider.getUncountedMeter(scope.name, scope.version);
  return { provider, uncounted, series, instruments: accumulatedInstruments(accumulators, meter, selectedBy(views)) };
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
function providerOf(options: MeterProviderOptions, bounds: Bounds): BoundedMeterProvider {
  try {
    return new BoundedMeterProvider(options, bounds);
  } catch (error) {
    throw settingFault('SPANDREL_SETTING_INVALID', 'export.metricReaders', {
      setting: 'export.metricReaders',
      value: messageOf(error),
      allowed: 'readers that no other provider has taken',
    });
  }
}
