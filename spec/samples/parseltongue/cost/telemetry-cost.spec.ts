// The estimate of what telemetry cost: calls at their prices, and prices that come from real calls.

import { bootstrap, type Health } from 'spandrel';
import type { Report } from '../../../../samples/parseltongue/analysis/report.js';
import { silentSettings } from '../../../../samples/parseltongue/command-line/destination.js';
import { priceList } from '../../../../samples/parseltongue/cost/price-list.js';
import { telemetryCost } from '../../../../samples/parseltongue/cost/telemetry-cost.js';

test('calls are added up at their prices, with what was measured beside them', () => {
  const report = {
    files: { taken: 100 },
    sessions: 2,
    queries: { definition: 4, dependents: 4, search: 4 },
    verdicts: [{}, {}],
  } as unknown as Report;
  const health = { spans: [{ received: 340 }] } as unknown as Health;
  const prices = { full: 0.01, span: 0.001, metric: 0.0001 };
  const cost = telemetryCost(report, health, prices, { program: 10, starting: 0.1, ending: 0.2 });
  // 100 files with a span and a check each, 2 sessions, 12 queries: 214; the other 126 spans; 4 dependents and 2 answers.
  expect(cost.calls).toBeCloseTo(214 * 0.01 + 126 * 0.001 + 6 * 0.0001, 10);
  expect(cost.total).toBeCloseTo(cost.calls + 0.3, 10);
  expect(cost.share).toBeCloseTo(cost.total / 10, 10);
  expect(cost.measurements).toBe(300 + 4 + 12 + 6);
});

test('a call with more annotations costs more, and none costs a millisecond', async () => {
  const prices = await priceList(() => bootstrap(silentSettings()));
  expect(prices.full).toBeGreaterThan(prices.metric);
  expect(prices.full).toBeGreaterThan(0);
  expect(prices.full).toBeLessThan(0.001);
});
