/**
 * Stands before a metric exporter and counts what became of its exports.
 */
import type { ExportResult } from '@opentelemetry/core';
import { ExportResultCode } from '@opentelemetry/core';
import type { PushMetricExporter, ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { report } from '../../faults/report.js';
import type { CollectionCount } from '../health.js';
import { unobserved } from '../unobserved.js';
import { answerTo } from './answer-to.js';

export class WatchedMetricExporter implements PushMetricExporter {
  readonly #exporter: PushMetricExporter;
  readonly #name: string;
  readonly #answerMs: number;
  #exports = 0;
  #failed = 0;
  #lastError: string | undefined;
  // The reader asks for these at its construction and takes a missing one for "no preference".
  readonly selectAggregation: PushMetricExporter['selectAggregation'];
  readonly selectAggregationTemporality: PushMetricExporter['selectAggregationTemporality'];

  /** @param answerMs it is given up on after so long (specification, `OTEL_METRIC_EXPORT_TIMEOUT`). */
  constructor(exporter: PushMetricExporter, name: string, answerMs: number) {
    this.#exporter = exporter;
    this.#name = name;
    this.#answerMs = answerMs;
    this.selectAggregation = exporter.selectAggregation?.bind(exporter);
    this.selectAggregationTemporality = exporter.selectAggregationTemporality?.bind(exporter);
  }

  export(metrics: ResourceMetrics, done: (result: ExportResult) => void): void {
    this.#exports += 1;
    void answerTo(this.#exporter, metrics, this.#answerMs).then((failure) => {
      if (failure !== undefined) this.#fail(failure);
      // The failure is told of once, here; the reader would tell again, in its own way.
      done({ code: ExportResultCode.SUCCESS });
    });
  }

  forceFlush(): Promise<void> {
    return unobserved(() => this.#exporter.forceFlush());
  }

  shutdown(): Promise<void> {
    return unobserved(() => this.#exporter.shutdown());
  }

  count(): CollectionCount {
    return { exporter: this.#name, exports: this.#exports, failed: this.#failed, lastError: this.#lastError };
  }

  #fail(failure: string): void {
    this.#failed += 1;
    this.#lastError = failure;
    report('SPANDREL_EXPORT_FAILED', this.#name, { signal: 'metrics', exporter: this.#name, error: failure });
  }
}
