/**
 * Which way each signal goes, what OTLP is told of metrics, and where Prometheus comes for them.
 */

import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { metrics } from '@opentelemetry/api';
import { AggregationType } from '@opentelemetry/sdk-metrics';
import { type Settings, type Telemetry, Timed } from 'spandrel';
import { resolveSettings } from '../../../lib/provider/settings/resolve-settings.js';
import type { OtlpReceiver } from '../../support/otlp-receiver.js';
import { until } from './kept.js';
import { headerOf, type Row, ran, type Signal, sent, signals, turnOnce, withReceiver } from './row.js';

/** What is drawn of each signal's own. */
const drawn = { traces: 'Mill.turn', metrics: 'environment.spec.turns', logs: 'turned' };

const exporter = (signal: Signal): Row => ({
  means: `the way of ${signal}: over OTLP unless it says otherwise`,
  run: () =>
    withReceiver(async (receiver) => {
      const ways = async (value: string, settings: Settings = {}) => {
        receiver.requests.length = 0;
        const written: string[] = [];
        const stream = { write: (text: string) => written.push(text) };
        const set = { [`OTEL_${signal.toUpperCase()}_EXPORTER`]: value };
        const exporting = { console: { stream }, ...settings.export };
        await ran({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint, ...set }, { export: exporting });
        const came = Object.entries(headerOf(receiver, 'host')).filter(([, host]) => host !== '(none)');
        const isDrawn = signals.filter((one) => written.join('').includes(drawn[one]));
        return { otlp: came.map(([name]) => name), console: isDrawn };
      };
      const others = signals.filter((one) => one !== signal);
      expect(await ways('')).toEqual({ otlp: signals, console: [] });
      expect(await ways('otlp')).toEqual({ otlp: signals, console: [] });
      expect(await ways('Console')).toEqual({ otlp: others, console: [signal] });
      expect(await ways('otlp, console')).toEqual({ otlp: signals, console: [signal] });
      expect(await ways('none')).toEqual({ otlp: others, console: [] });
      expect(await ways('console,none,otlp')).toEqual({ otlp: others, console: [] });
      expect(await ways('none', { export: { protocol: 'http/json' } })).toEqual({ otlp: signals, console: [] });
      expect(await ways('otlp', { export: { protocol: 'console' } })).toEqual({ otlp: [], console: signals });
    }),
});

const scraped = (telemetry: Telemetry) =>
  until(() => telemetry.health().metrics.some(({ address, failed }) => address !== undefined || failed > 0));

/** Where Prometheus is to come. */
async function scrape(variables: Readonly<Record<string, string>>, settings: Settings = {}) {
  const health = await ran({ OTEL_METRICS_EXPORTER: 'prometheus', ...variables }, settings, scraped);
  return health.metrics[0];
}

const prometheusRows = {
  OTEL_EXPORTER_PROMETHEUS_HOST: {
    means: 'the interface that Prometheus finds metrics on',
    async run() {
      const set = { OTEL_EXPORTER_PROMETHEUS_HOST: '0.0.0.0', OTEL_EXPORTER_PROMETHEUS_PORT: '0' };
      const only = { OTEL_TRACES_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'none' };
      expect((await scrape({ ...only, ...set }))?.address).toMatch(/^http:\/\/0\.0\.0\.0:\d+\/metrics$/);
      const inCode = { export: { prometheus: { host: '127.0.0.1' } } };
      expect((await scrape({ ...only, ...set }, inCode))?.address).toMatch(/^http:\/\/127\.0\.0\.1:/);
      const byDefault = await scrape({ ...only, OTEL_EXPORTER_PROMETHEUS_PORT: '0' });
      expect(byDefault?.address).toMatch(/^http:\/\/(127\.0\.0\.1|\[::1\]):/);
    },
  },
  OTEL_EXPORTER_PROMETHEUS_PORT: {
    means: 'the port that Prometheus finds metrics on',
    async run() {
      // One that is taken, so that it is told by the failure.
      const taken = createServer();
      await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
      const { port } = taken.address() as AddressInfo;
      const set = {
        OTEL_TRACES_EXPORTER: 'none',
        OTEL_LOGS_EXPORTER: 'none',
        OTEL_EXPORTER_PROMETHEUS_HOST: '127.0.0.1',
        OTEL_EXPORTER_PROMETHEUS_PORT: String(port),
      };
      try {
        expect((await scrape(set))?.lastError).toMatch(new RegExp(`EADDRINUSE.*:${port}$`));
        const inCode = await scrape(set, { export: { prometheus: { port: 0 } } });
        expect(inCode?.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
      } finally {
        taken.close();
      }
      expect(resolveSettings({}, { OTEL_METRICS_EXPORTER: 'prometheus' }).routes.prometheus?.port).toBe(9464);
    },
  },
};

/** A histogram that is told without boundaries, unless asked for otherwise. */
class Clock {
  @Timed('environment.spec.ticks')
  tick(): void {}
}

type Told = Readonly<Record<string, { aggregationTemporality?: number; dataPoints: { asDouble?: number }[] }>>;

const told = (receiver: OtlpReceiver, name: string): Told =>
  receiver.lastMetrics().find((metric) => metric.name === name) as unknown as Told;

const delta = 1;
const cumulative = 2;

const metricRows = {
  OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: {
    means: 'totals, or what was added since the last time',
    run: () =>
      withReceiver(async (receiver) => {
        const temporalities = async (value: string, settings: Settings = {}) => {
          const set = { OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: value };
          let seen: unknown;
          await ran({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint, ...set }, settings, async (telemetry) => {
            const observed = metrics.getMeter('hand').createObservableCounter('environment.spec.observed');
            observed.addCallback((result) => result.observe(1));
            turnOnce();
            await telemetry.flush();
            turnOnce();
            await telemetry.flush();
            const turns = told(receiver, 'environment.spec.turns');
            seen = {
              counted: turns['sum']?.aggregationTemporality,
              turns: turns['sum']?.dataPoints[0]?.asDouble,
              timed: told(receiver, 'environment.spec.time')['histogram']?.aggregationTemporality,
              inFlight: told(receiver, 'environment.spec.turning')['sum']?.aggregationTemporality,
              observed: told(receiver, 'environment.spec.observed')['sum']?.aggregationTemporality,
            };
          });
          return seen;
        };
        const totals = { counted: cumulative, turns: 2, timed: cumulative, inFlight: cumulative, observed: cumulative };
        const differences = { ...totals, counted: delta, turns: 1, timed: delta };
        expect(await temporalities('')).toEqual(totals);
        expect(await temporalities('Cumulative')).toEqual(totals);
        expect(await temporalities('DELTA')).toEqual({ ...differences, observed: delta });
        expect(await temporalities('LowMemory')).toEqual(differences);
        expect(await temporalities('delta', { metrics: { temporality: 'cumulative' } })).toEqual(totals);
      }),
  },
  OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION: {
    means: 'histograms with boundaries, or without',
    run: () =>
      withReceiver(async (receiver) => {
        const kind = async (value: string, settings: Settings = {}) => {
          const set = { OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION: value };
          const at = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint };
          await ran({ ...at, ...set }, settings, () => new Clock().tick());
          const found = told(receiver, 'environment.spec.ticks');
          return ['histogram', 'exponentialHistogram'].filter((one) => found[one] !== undefined);
        };
        expect(await kind('')).toEqual(['histogram']);
        expect(await kind('explicit_bucket_histogram')).toEqual(['histogram']);
        expect(await kind('BASE2_exponential_bucket_histogram')).toEqual(['exponentialHistogram']);
        const aggregation = { type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM as const, options: { boundaries: [1] } };
        const views = [{ instrumentName: 'environment.spec.ticks', aggregation }];
        expect(await kind('base2_exponential_bucket_histogram', { metrics: { views } })).toEqual(['histogram']);
      }),
  },
};

export const exporterRows = {
  OTEL_TRACES_EXPORTER: exporter('traces'),
  OTEL_LOGS_EXPORTER: exporter('logs'),
  OTEL_METRICS_EXPORTER: {
    means: 'the way of metrics, which may be scraped, too',
    run: async () => {
      await exporter('metrics').run();
      await withReceiver(async (receiver) => {
        const at = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint, OTEL_EXPORTER_PROMETHEUS_PORT: '0' };
        const named = async (value: string) => {
          const health = await ran({ ...at, OTEL_METRICS_EXPORTER: value });
          return health.metrics.map((one) => one.exporter);
        };
        expect(await named('prometheus')).toEqual(['prometheus']);
        expect(await named('otlp,Prometheus')).toEqual(['otlp', 'prometheus']);
        expect(await named('prometheus,none')).toEqual([]);
        expect(sent(await ran({ ...at, OTEL_METRICS_EXPORTER: 'prometheus,otlp' })).metrics).toBe('sent');
      });
    },
  },
  ...prometheusRows,
  ...metricRows,
} satisfies Record<string, Row>;
