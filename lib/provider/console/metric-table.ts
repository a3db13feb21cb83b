/**
 * Draws each export of metrics as a table. Our own are left out: they would be more than the program's, and `health()` has them.
 */
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { PushMetricExporter, ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { drawMetrics } from '../../terminal/draw-metrics.js';
import { isOwnMetric } from '../own-metrics-table.js';
import type { ConsoleWriter } from './console-writer.js';

export class MetricTable implements PushMetricExporter {
  readonly #writer: ConsoleWriter;

  constructor(writer: ConsoleWriter) {
    this.#writer = writer;
  }

  export({ scopeMetrics }: ResourceMetrics, done: (result: ExportResult) => void): void {
    const drawing = drawMetrics(
      scopeMetrics.flatMap(({ metrics }) => metrics).filter(({ descriptor }) => !isOwnMetric(descriptor.name)),
      this.#writer.canvas(),
    );
    if (this.#writer.write(drawing)) done({ code: ExportResultCode.SUCCESS });
    else done({ code: ExportResultCode.FAILED, error: new Error(this.#writer.failure ?? 'nothing was written') });
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}
