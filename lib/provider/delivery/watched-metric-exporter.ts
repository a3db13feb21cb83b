/**
 * Stands before a metric exporter and counts what became of its exports.
 */
import type { ExportResult } from '@opentelemetry/core';
import { ExportResultCode } from '@opentelemetry/core';
import type { PushMetricExporter, ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { messageOf, report } from '../../faults/report.js';
import type { CollectionCount } from '../health.js';
import { unobserved } from '../unobserved.js';

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

  /** Answered once, whatever the exporter does. */
  export(metrics: ResourceMetrics, done: (result: ExportResult) => void): void {
    this.#exports += 1;
    let isAnswered = false;
    const answer = (failure?: unknown): void => {
      if (isAnswered) return;
      isAnswered = true;
      clearTimeout(late);
      if (failure !== undefined) this.#fail(failure);
      // The failure is told of once, here; the reader would tell again, in its own way.
      done({ code: ExportResultCode.SUCCESS });
    };
    const late = setTimeout(() => answer(`no answer within ${this.#answerMs} ms`), this.#answerMs);
    late.unref();
    try {
      unobserved(() =>
        this.#exporter.export(metrics, ({ code, error }) =>
          answer(code === ExportResultCode.SUCCESS ? undefined : (error ?? 'the exporter gave no reason')),
        ),
      );
    } catch (error) {
      answer(error ?? 'the exporter gave no reason');
    }
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

  #fail(error: unknown): void {
    this.#failed += 1;
    this.#lastError = messageOf(error);
    report('SPANDREL_EXPORT_FAILED', this.#name, {
      signal: 'metrics',
      exporter: this.#name,
      error: this.#lastError,
    });
  }
}
