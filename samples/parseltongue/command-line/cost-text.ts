// The last block: what telemetry cost, how that is known, and whether all of it arrived.

import type { Health } from 'spandrel';
import type { PriceList } from '../cost/price-list.js';
import type { Spent, TelemetryCost } from '../cost/telemetry-cost.js';
import { number } from '../figures.js';
import type { Ink } from './ink.js';

export function costText(cost: TelemetryCost, prices: PriceList, spent: Spent, health: Health, ink: Ink): string {
  const seconds = (value: number): string => `${value.toFixed(value < 0.995 ? 3 : 2)} s`;
  const microseconds = (value: number): string => `${(value * 1e6).toFixed(1)} µs`;
  const heading = `about ${seconds(cost.total)} of ${seconds(spent.program)} CPU (${(100 * cost.share).toFixed(1)} %)`;
  const rows = [
    ['in calls', `${seconds(cost.calls)}, estimated: ${number(cost.spans)} spans and ${number(cost.measurements)} measurements`],
    [
      '',
      ink.quiet(
        `a call with span and metrics ${microseconds(prices.full)}, with a span ${microseconds(prices.span)}, with a metric `
          + `${microseconds(prices.metric)}:`,
      ),
    ],
    ['', ink.quiet('empty methods annotated alike, timed with telemetry and again without')],
    ['beside', `${seconds(spent.starting)} to start and ${seconds(spent.ending)} to collect, deliver and draw at the end, measured`],
    ['arrived', arrived(health)],
  ];
  return [
    `${ink.strong('What telemetry cost')}  ${heading}`,
    ...rows.map(([label = '', text = '']) => `  ${label.padEnd(9)} ${text}`),
  ].join('\n');
}

/** One line an exporter and signal. */
export function arrived({ spans, logs, metrics, sampling }: Health): string {
  const counts = [
    ...spans.map(count => ({ what: 'spans', ...count })),
    ...logs.filter(({ received }) => received > 0).map(count => ({ what: 'log records', ...count })),
  ];
  const parts = counts.map(({ what, received, delivered, failed, dropped }) => {
    const lost = Object.values(dropped).reduce((sum, count) => sum + count, failed);
    return `${number(delivered)} of ${number(received)} ${what}${lost === 0 ? '' : ` (${number(lost)} lost)`}`;
  });
  const collections = metrics.map(
    ({ exports, failed }) => `metrics ${exports === 1 ? 'once' : `${exports} times`}${failed === 0 ? '' : ` (${failed} failed)`}`,
  );
  const passedOver = sampling?.dropped.sampled ?? 0;
  const others = passedOver === 0 ? [] : [`${number(passedOver)} spans not kept`];
  return [...parts, ...others, ...collections].join(', ');
}
