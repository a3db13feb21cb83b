/**
 * Stands before a metric reader, also one of the user's. It has every collection run unobserved: callbacks of gauges are
 * asked at any time by anyone who reads metrics, and are no calls of the program. And it adds what we accumulate by
 * ourselves: a producer of metrics can be given to a reader only when that is made, and is not told who collects.
 */
import {
  type AggregationOption,
  AggregationTemporality,
  AggregationType,
  type CollectionResult,
  type IMetricReader,
  type MetricData,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics';
import { messageOf, report } from '../faults/report.js';
import { seriesAtMost } from '../metrics/accumulators.js';
import type { Detection } from './detection.js';
import { withAccumulated } from './merged-metrics.js';
import { nameOf } from './name-of.js';
import { unobserved } from './unobserved.js';

/** What is told to one reader beside what the SDK collects. */
export interface Accumulated {
  /** A collection begins; gives what it is called by. */
  begin(): number;
  /** What was accumulated, when the SDK has collected. */
  collect(began: number): MetricData[];
  /** How many series of a metric it takes where it does not say otherwise. */
  readonly seriesAtMost: number;
}

export class UnobservedReader implements IMetricReader {
  readonly #reader: IMetricReader;
  readonly #accumulated: Accumulated;
  readonly #detection: Detection | undefined;

  constructor(reader: IMetricReader, accumulated: Accumulated, detection?: Detection) {
    this.#reader = reader;
    this.#accumulated = accumulated;
    this.#detection = detection;
  }

  setMetricProducer(producer: MetricProducer): void {
    const collect = async (options: Parameters<MetricProducer['collect']>[0]): Promise<CollectionResult> => {
      // No collection begins before it has ended.
      if (this.#detection?.ended !== undefined) await this.#detection.ended;
      const began = this.#accumulated.begin();
      const collected = await producer.collect(options);
      if (this.#detection?.isGivenUp !== true) return withAccumulated(collected, this.#accumulated.collect(began));
      // Its shutdown is over: whoever collects an empty result exports nothing.
      return { ...collected, resourceMetrics: { ...collected.resourceMetrics, scopeMetrics: [] } };
    };
    this.#reader.setMetricProducer({ collect: (options) => unobserved(() => collect(options)) });
  }

  // What is asked as an instrument is made is asked in the program's call: what fails there is told of, and is as if left out.

  selectAggregation(...given: Parameters<IMetricReader['selectAggregation']>): AggregationOption {
    return this.#asked(() => this.#reader.selectAggregation(...given), { type: AggregationType.DEFAULT });
  }

  selectAggregationTemporality(...given: Parameters<IMetricReader['selectAggregationTemporality']>) {
    return this.#asked(() => this.#reader.selectAggregationTemporality(...given), AggregationTemporality.CUMULATIVE);
  }

  selectCardinalityLimit(...given: Parameters<IMetricReader['selectCardinalityLimit']>) {
    // A reader made for an older SDK has none, and the SDK asks with care.
    const asked = this.#asked(() => this.#reader.selectCardinalityLimit?.(...given) ?? seriesAtMost, seriesAtMost);
    // What the SDK has for a reader that was made without a limit: ours is the one that was asked for.
    return asked === seriesAtMost ? this.#accumulated.seriesAtMost : asked;
  }

  #asked<T>(work: () => T, otherwise: T): T {
    try {
      return work();
    } catch (error) {
      const exporter = nameOf(this.#reader, 'metric reader');
      report('SPANDREL_EXPORT_FAILED', exporter, { signal: 'metrics', exporter, error: messageOf(error) });
      return otherwise;
    }
  }

  collect(...given: Parameters<IMetricReader['collect']>) {
    return this.#reader.collect(...given);
  }

  forceFlush(...given: Parameters<IMetricReader['forceFlush']>) {
    return this.#reader.forceFlush(...given);
  }

  shutdown(...given: Parameters<IMetricReader['shutdown']>) {
    return this.#reader.shutdown(...given);
  }
}
