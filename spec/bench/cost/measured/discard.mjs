/**
 * Exporters that take all and send nothing: what they are given is counted, so that a subject that loses spans is found.
 */
const success = { code: 0 };

export class DiscardedSpans {
  count = 0;

  export(spans, done) {
    this.count += spans.length;
    done(success);
  }

  async forceFlush() {}

  async shutdown() {}
}

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
