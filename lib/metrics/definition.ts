/**
 * What a metric is before it has a value: its name and what is said of it once.
 */
export interface MetricDefinition {
  readonly name: string;
  /** UCUM unit; none when empty. */
  readonly unit?: string | undefined;
  readonly description?: string | undefined;
}

export interface HistogramDefinition extends MetricDefinition {
  /** Ascending upper bounds, in the metric's unit. */
  readonly buckets: readonly number[];
}
