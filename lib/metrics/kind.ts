/**
 * What makes one kind of instrument different from another: how its series accumulate, and how they are told.
 */
import type { Attributes, HrTime } from '@opentelemetry/api';
import type { AggregationTemporality, MetricData, MetricDescriptor } from '@opentelemetry/sdk-metrics';
import type { Home } from './series.js';

/** What is told of one series. */
export interface ToldPoint<C> {
  readonly attributes: Attributes;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly cell: C;
}

export interface Kind<S, C> {
  series(home: Home<S>, key: string, attributes: Attributes, keep: boolean): S;
  cell(): C;
  /** A copy: whoever is told keeps it for as long as they like. */
  data(
    said: { readonly descriptor: MetricDescriptor; readonly aggregationTemporality: AggregationTemporality },
    points: readonly ToldPoint<C>[],
  ): MetricData;
}
