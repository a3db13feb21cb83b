/**
 * What `limits` can be told: how much of anything there may be. What is over a limit is cut, let go or gathered, and counted.
 */

/** What is bounded so that nothing can grow without end. */
export interface LimitSettings {
  /**
   * How long what lasts longer than its call may rest, in milliseconds: an iterator between two steps, a promise of a
   * subclass that nobody asks. Then its span is ended where it was last used. Default 600,000 (ten minutes).
   */
  readonly idleMs?: number;
  /**
   * Bytes of ended spans held at most, by estimate: all those that wait for their trace to be decided about, and those that
   * wait to be sent. Beyond it whole traces are let go and counted, as beyond `batch.buffer`. At least 1,048,576. Default 67,108,864 (64 MiB).
   */
  readonly memoryBytes?: number;
  /**
   * Series of all metrics of the process together, those of `otel.metric.overflow` included. What comes over it is added to the
   * overflow of its metric, so totals stay right. Default 1,000.
   */
  readonly series?: number;
  /**
   * Series of one metric, that of its overflow included: of every metric, or by the metric's name, with `'*'` for those that are not
   * named. Default: no limit beside `series` and those of readers.
   */
  readonly seriesPerMetric?: number | Readonly<Record<string, number>>;
  /** Attributes of one span or log record; more are dropped and counted. Default 128. `OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT`, `OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT`, `OTEL_ATTRIBUTE_COUNT_LIMIT`. */
  readonly attributes?: number;
  /**
   * Characters of one text among the attributes of a span, an event, a link or a log record; a longer one is cut, with `…` at its end. Default 65,536.
   * `OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT`, `OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT`, `OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT`.
   */
  readonly attributeLength?: number;
  /** Events of one span; the oldest are dropped for more, and counted. Default 128. `OTEL_SPAN_EVENT_COUNT_LIMIT`. */
  readonly events?: number;
  /** Links of one span; the oldest are dropped for more, and counted. Default 128. `OTEL_SPAN_LINK_COUNT_LIMIT`. */
  readonly links?: number;
}
