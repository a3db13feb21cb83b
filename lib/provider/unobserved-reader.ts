/**
 * Stands before a metric reader, also one of the user's. It has every collection run unobserved: callbacks of gauges are
 * asked at any time by anyone who reads metrics, and are no calls of the program. And it adds what we accumulate by
 * ourselves: a producer of metrics can be given to a reader only when that is made, and is not told who collects.
 */
import type { CollectionResult, IMetricReader, MetricData, MetricProducer } from '@opentelemetry/sdk-metrics';
import type { Detection } from './detection.js';
import { withAccumulated } from './merged-metrics.js';
import { unobserved } from './unobserved.js';

export class UnobservedReader implements IMetricReader {
  readonly #reader: IMetricReader;
  readonly #accumulated: () => MetricData[];
  readonly #detection: Detection | undefined;

  constructor(reader: IMetricReader, accumulated: () => MetricData[], detection?: Detection) {
    this.#reader = reader;
    this.#accumulated = accumulated;
    this.#detection = detection;
  }

  setMetricProducer(producer: MetricProducer): void {
    const collect = async (options: Parameters<MetricProducer['collect']>[0]): Promise<CollectionResult> => {
      // No collection begins before it has ended.
      if (this.#detection?.ended !== undefined) await this.#detection.ended;
      const collected = await producer.collect(options);
      if (this.#detection?.isGivenUp !== true) return withAccumulated(collected, this.#accumulated());
      // Its shutdown is over: whoever collects an empty result exports nothing.
      return { ...collected, resourceMetrics: { ...collected.resourceMetrics, scopeMetrics: [] } };
    };
    this.#reader.setMetricProducer({ collect: (options) => unobserved(() => collect(options)) });
  }

  selectAggregation(...given: Parameters<IMetricReader['selectAggregation']>) {
    return this.#reader.selectAggregation(...given);
  }

  selectAggregationTemporality(...given: Parameters<IMetricReader['selectAggregationTemporality']>) {
    return this.#reader.selectAggregationTemporality(...given);
  }

  selectCardinalityLimit(...given: Parameters<IMetricReader['selectCardinalityLimit']>) {
    // A reader made for an older SDK has none, and the SDK asks with care.
    return this.#reader.selectCardinalityLimit?.(...given);
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
