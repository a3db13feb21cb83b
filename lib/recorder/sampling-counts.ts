/**
 * What became of traces that were decided about at their end.
 */
/** Traces that were kept, by the reason with the greatest share; at equal shares the first that is true. */
export interface KeptTraces {
  /** They are in the share of the successes. Where all of them are kept, they are counted as they begin. */
  success: number;
  /** A span of them failed. */
  error: number;
  /** They took longer than `sampling.slow.overMs`. */
  slow: number;
  /** One of `sampling.rules` speaks of them. */
  rule: number;
  /** They began in another process, which keeps them. */
  parent: number;
}

/** Spans that were let go, by reason. */
export interface LetGo {
  /** Not in the share of the successes. */
  sampled: number;
  /** In the share, but for what the load or a limit takes from it. */
  thinned: number;
  /** In the share, but there were more than a limit has room for. */
  limited: number;
  /** Let go to make room, or after too long a time, before their trace was decided. */
  evicted: number;
  /** Ended after their trace was let go. */
  late: number;
  /** Like another one in a row, which stands for them. */
  collapsed: number;
}

export class SamplingCounts {
  readonly kept: KeptTraces = { success: 0, error: 0, slow: 0, rule: 0, parent: 0 };
  readonly letGo: LetGo = { sampled: 0, thinned: 0, limited: 0, evicted: 0, late: 0, collapsed: 0 };
}
