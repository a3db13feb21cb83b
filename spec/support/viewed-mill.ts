/**
 * An annotated class, one metric of each kind, and the same metrics of an SDK meter that is fed by hand: both under the same
 * views, read by the same readers, at the same times.
 */
import type { Attributes } from '@opentelemetry/api';
import {
  AggregationTemporality,
  MeterProvider,
  type MetricData,
  type MetricReader,
  type ViewOptions,
} from '@opentelemetry/sdk-metrics';
import { bootstrap, Counted, call, Gauged, InFlight, type Telemetry, Timed } from 'spandrel';
import { scope } from '../../lib/conventions/scope.js';
import { ReaderOnDemand } from './recorded-telemetry.js';

/** The time of both clocks, in milliseconds; `started()` puts it in their place. */
export const time = { now: 1.7e12 };

const attributes = { a: call.arg(0), b: call.arg(1) };

class ViewedMill {
  level = 0;
  readonly kind = 'water';

  @Counted('viewed.count', { unit: '{sack}', description: 'Sacks', attributes, amount: call.arg(2) })
  count(_a: string, _b: string, _amount: number): void {}

  @Timed('viewed.time', { unit: 'ms', buckets: [10, 100], attributes })
  time(_a: string, _b: string, ms: number): void {
    time.now += ms;
  }

  @InFlight('viewed.active', { attributes })
  open(_a: string, _b: string, until: Promise<void>): Promise<void> {
    return until;
  }

  @Gauged('viewed.level', { unit: 'm', attributes: { a: call.self('kind') } })
  get stand(): number {
    return this.level;
  }
}

/** One of it: gauges tell of all there are. */
const mill = new ViewedMill();

export interface Worlds {
  readonly telemetry: Telemetry;
  count(a: string, b: string, amount: number): void;
  time(a: string, b: string, ms: number): void;
  open(a: string, b: string): void;
  /** The call that was opened first. */
  close(): Promise<void>;
  level(value: number): void;
  /** What a reader is told of our metrics: by annotations, and by hand. */
  collect(reader: number): Promise<{ readonly ours: MetricData[]; readonly theirs: MetricData[] }>;
}

export function started(views: readonly ViewOptions[], temporalities: readonly AggregationTemporality[]): Worlds {
  jest.spyOn(Date, 'now').mockImplementation(() => time.now);
  jest.spyOn(performance, 'now').mockImplementation(() => time.now);
  const readersOf = (): ReaderOnDemand[] =>
    temporalities.map((one) => new ReaderOnDemand({ aggregationTemporalitySelector: () => one }));
  const [ours, theirs] = [readersOf(), readersOf()];
  const byHand = measuredByHand(new MeterProvider({ views: [...views], readers: theirs }));
  mill.level = 0;
  const telemetry = bootstrap({ export: { protocol: 'none', metricReaders: ours }, metrics: { views } });
  const open: { readonly settled: Promise<void>; readonly settle: () => void; readonly attributes: Attributes }[] = [];
  return {
    telemetry,
    count(a, b, amount) {
      mill.count(a, b, amount);
      byHand.count.add(amount, { a, b });
    },
    time(a, b, ms) {
      mill.time(a, b, ms);
      byHand.time.record(ms, { a, b });
    },
    open(a, b) {
      let settle: () => void = () => undefined;
      const settled = mill.open(a, b, new Promise((resolve) => (settle = resolve)));
      open.push({ settled, settle, attributes: { a, b } });
      byHand.active.add(1, { a, b });
    },
    async close() {
      const first = open.shift();
      if (first === undefined) return;
      first.settle();
      await first.settled;
      byHand.active.add(-1, first.attributes);
    },
    level(value) {
      mill.level = value;
    },
    collect: async (reader) => ({ ours: await told(ours[reader]), theirs: await told(theirs[reader]) }),
  };
}

function measuredByHand(provider: MeterProvider) {
  const meter = provider.getMeter(scope.name, scope.version);
  meter
    .createObservableGauge('viewed.level', { unit: 'm' })
    .addCallback((result) => result.observe(mill.level, { a: mill.kind }));
  return {
    count: meter.createCounter('viewed.count', { unit: '{sack}', description: 'Sacks' }),
    time: meter.createHistogram('viewed.time', { unit: 'ms', advice: { explicitBucketBoundaries: [10, 100] } }),
    active: meter.createUpDownCounter('viewed.active', { unit: '{call}' }),
  };
}

/** In an order of their own: instruments of the SDK are told after ours. */
async function told(reader: MetricReader | undefined): Promise<MetricData[]> {
  const { resourceMetrics, errors } = (await reader?.collect()) ?? { errors: ['there is no such reader'] };
  if (errors.length > 0) throw errors[0];
  const metrics = (resourceMetrics?.scopeMetrics ?? []).flatMap((one) => one.metrics);
  return metrics.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

export const { CUMULATIVE, DELTA } = AggregationTemporality;
