/**
 * How spans, log records and metrics are gathered before they are sent.
 */

import { trace } from '@opentelemetry/api';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { type BatchSettings, log, type Telemetry } from 'spandrel';
import { resolveSettings } from '../../../lib/provider/settings/resolve-settings.js';
import { Kept, until } from './kept.js';
import { type Row, ran, turnOnce, type Variables, withReceiver } from './row.js';

type Batch = 'SCHEDULE_DELAY' | 'EXPORT_TIMEOUT' | 'MAX_QUEUE_SIZE' | 'MAX_EXPORT_BATCH_SIZE';

/** The same four of spans and of log records. */
function batchRows<P extends 'OTEL_BSP' | 'OTEL_BLRP'>(prefix: P): Record<`${P}_${Batch}`, Row> {
  const of = prefix === 'OTEL_BSP' ? 'spans' : 'logs';
  const write = (records: number) => {
    for (let at = 0; at < records; at += 1) {
      if (of === 'spans') trace.getTracer('hand').startSpan('by hand').end();
      else log.info('written');
    }
  };
  const gathered = async (
    variables: Variables,
    batch: BatchSettings,
    program: (telemetry: Telemetry, kept: Kept<unknown>) => unknown,
    kept: Kept<unknown> = new Kept(),
  ) => {
    const exporters =
      of === 'spans'
        ? { spanExporters: [kept as Kept<ReadableSpan>] }
        : { logExporters: [kept as Kept<ReadableLogRecord>] };
    const settings = { batch, export: { protocol: 'none' as const, ...exporters } };
    const health = await ran(variables, settings, (telemetry) => program(telemetry, kept));
    return { sizes: kept.sizes, count: health[of][0] };
  };
  const rows: Record<string, Row> = {
    [`${prefix}_MAX_EXPORT_BATCH_SIZE`]: {
      means: 'records sent at once',
      async run() {
        const set = { [`${prefix}_MAX_EXPORT_BATCH_SIZE`]: '2' };
        expect(await gathered(set, {}, () => write(5))).toMatchObject({ sizes: [2, 2, 1] });
        expect(await gathered(set, { size: 3 }, () => write(5))).toMatchObject({ sizes: [3, 2] });
        expect(await gathered({}, {}, () => write(513))).toMatchObject({ sizes: [512, 1] });
      },
    },
    [`${prefix}_MAX_QUEUE_SIZE`]: {
      means: 'records that wait at most',
      async run() {
        const set = { [`${prefix}_MAX_QUEUE_SIZE`]: '3' };
        const lost = (delivered: number, bufferFull: number) => ({ count: { delivered, dropped: { bufferFull } } });
        expect(await gathered(set, {}, () => write(5))).toMatchObject(lost(3, 2));
        expect(await gathered(set, { buffer: 4 }, () => write(5))).toMatchObject(lost(4, 1));
        expect(await gathered({}, {}, () => write(10_001))).toMatchObject(lost(10_000, 1));
      },
    },
    [`${prefix}_SCHEDULE_DELAY`]: {
      means: 'how long a record waits at most',
      async run() {
        const sentByItself = (_: Telemetry, kept: Kept<unknown>) => {
          write(1);
          return until(() => kept.sizes.length > 0);
        };
        const set = (delay: string) => ({ [`${prefix}_SCHEDULE_DELAY`]: delay });
        expect(await gathered(set('20'), {}, sentByItself)).toMatchObject({ sizes: [1] });
        expect(await gathered(set('600000'), { intervalMs: 20 }, sentByItself)).toMatchObject({ sizes: [1] });
        expect(resolveSettings({}, {}).batch[of].intervalMs).toBe(5_000);
      },
    },
    [`${prefix}_EXPORT_TIMEOUT`]: {
      means: 'how long an exporter may take to answer',
      async run() {
        const set = { [`${prefix}_EXPORT_TIMEOUT`]: '50' };
        const { count } = await gathered(set, {}, () => write(1), new Kept(false));
        expect(count).toMatchObject({ delivered: 0, failed: 1, lastError: 'no answer within 50 ms' });
        expect(resolveSettings({}, {}).batch[of].answerMs).toBe(30_000);
      },
    },
  };
  return rows as Record<`${P}_${Batch}`, Row>;
}

export const intervalRows = {
  ...batchRows('OTEL_BSP'),
  ...batchRows('OTEL_BLRP'),
  OTEL_METRIC_EXPORT_INTERVAL: {
    means: 'the time between two exports of metrics',
    run: () =>
      withReceiver(async (receiver) => {
        const sentByItself = () => {
          receiver.requests.length = 0;
          turnOnce();
          return until(() => receiver.requests.filter(({ path }) => path === '/v1/metrics').length >= 2);
        };
        const at = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint };
        await ran({ ...at, OTEL_METRIC_EXPORT_INTERVAL: '20' }, {}, sentByItself);
        const often = { metrics: { intervalMs: 20 } };
        await ran({ ...at, OTEL_METRIC_EXPORT_INTERVAL: '600000' }, often, sentByItself);
        expect(resolveSettings({}, {}).metrics.intervalMs).toBe(60_000);
      }),
  },
  OTEL_METRIC_EXPORT_TIMEOUT: {
    means: 'how long an export of metrics may take',
    run: () =>
      withReceiver(async (receiver) => {
        receiver.answer = 'hang';
        const at = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint, OTEL_EXPORTER_OTLP_TIMEOUT: '500' };
        const only = { OTEL_TRACES_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'none' };
        const health = await ran({ ...at, ...only, OTEL_METRIC_EXPORT_TIMEOUT: '50' });
        expect(health.metrics).toMatchObject([{ exports: 1, failed: 1, lastError: 'no answer within 50 ms' }]);
        expect(resolveSettings({}, {}).metrics.exportMs).toBe(30_000);
      }),
  },
} satisfies Record<string, Row>;
