// What telemetry cost this run: the calls that were made, each at its price, and the work that was measured as it was done.

import type { Health } from 'spandrel';
import type { Report } from '../analysis/report.js';
import type { PriceList } from './price-list.js';

/** CPU time in seconds. */
export interface Spent {
  /** All the program did until its telemetry was over. */
  readonly program: number;
  /** `bootstrap()`. */
  readonly starting: number;
  /** `shutdown()`: sending what waits, the last collection, and with the console all drawing. */
  readonly ending: number;
}

export interface TelemetryCost {
  readonly spans: number;
  readonly measurements: number;
  readonly calls: number;
  readonly total: number;
  /** Of the program's CPU time, from 0 to 1. */
  readonly share: number;
}

export function telemetryCost(report: Report, health: Health, prices: PriceList, spent: Spent): TelemetryCost {
  const { queries, verdicts, sessions, files } = report;
  // Those that were not kept were made, too.
  const spans = (health.spans[0]?.received ?? 0) + (health.sampling?.dropped.sampled ?? 0);
  const asked = queries.definition + queries.search + queries.dependents;
  // Spans with measurements: of files and their syntax, of sessions and queries.
  const full = Math.min(spans, 2 * files.taken + sessions + asked);
  const metricsOnly = queries.dependents + verdicts.length;
  const calls = full * prices.full + (spans - full) * prices.span + metricsOnly * prices.metric;
  const total = calls + spent.starting + spent.ending;
  // A file: latency, total, errors by its syntax or by what was thrown; a session: up and down.
  const measurements = 3 * files.taken + 2 * sessions + asked + metricsOnly;
  return { spans, measurements, calls, total, share: spent.program > 0 ? total / spent.program : 0 };
}
