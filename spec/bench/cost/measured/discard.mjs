/**
 * Where spans and metrics go: nowhere, or to a receiver. What is taken is counted, so that a subject that loses spans is
 * found.
 */
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';

const success = { code: 0 };

export class DiscardedSpans {
  count = 0;
  /** Batches that were not answered yet. */
  pending = 0;

  export(spans, done) {
    this.count += spans.length;
    done(success);
  }

  async forceFlush() {}

  async shutdown() {}
}

/** OpenTelemetry's own exporter for both sides: JSON over HTTP. */
export class SentSpans {
  count = 0;
  pending = 0;
  #exporter;

  constructor(url) {
    this.#exporter = new OTLPTraceExporter({ url: `${url}/v1/traces` });
  }

  export(spans, done) {
    this.pending += 1;
    this.#exporter.export(spans, (result) => {
      this.pending -= 1;
      if (result.code === 0) this.count += spans.length;
      else console.error(result.error);
      done(result);
    });
  }

  forceFlush() {
    return this.#exporter.forceFlush();
  }

  shutdown() {
    return this.#exporter.shutdown();
  }
}

export const spansTo = (url) => (url === undefined ? new DiscardedSpans() : new SentSpans(url));

export class DiscardedMetrics {
  /** Data points of counters, added up. */
  counted = 0;

  export({ scopeMetrics }, done) {
    this.counted = 0;
    for (const { metrics } of scopeMetrics)
      for (const { descriptor, dataPoints } of metrics)
        if (descriptor.name === 'work.calls') for (const { value } of dataPoints) this.counted += value;
    done(success);
  }

  async forceFlush() {}

  async shutdown() {}
}
