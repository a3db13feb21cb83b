/**
 * Stands before a metric reader, also one of the user's, and has every collection run unobserved: callbacks of gauges are
 * asked at any time by anyone who reads metrics, and are no calls of the program.
 */
import type { IMetricReader, MetricProducer } from '@opentelemetry/sdk-metrics';
import { unobserved } from './unobserved.js';

export class UnobservedReader implements IMetricReader {
  readonly #reader: IMetricReader;

  constructor(reader: IMetricReader) {
    this.#reader = reader;
  }

  setMetricProducer(producer: MetricProducer): void {
    this.#reader.setMetricProducer({ collect: (options) => unobserved(() => producer.collect(options)) });
  }

  selectAggregation(...given: Parameters<IMetricReader['selectAggregation']>) {
    return this.#reader.selectAggregation(...given);
  }

  selectAggregationTemporality(...given: Parameters<IMetricReader['selectAggregationTemporality']>) {
    return this.#reader.selectAggregationTemporality(...given);
  }

  selectCardinalityLimit(...given: Parameters<IMetricReader['selectCardinalityLimit']>) {
    return this.#reader.selectCardinalityLimit(...given);
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
