/**
 * Our own metrics as data: what each is called, what it counts, and where in `health()` it stands. How many series there are is
 * known beforehand: an attribute has one value for each reason, exporter or fault, and none comes from the program.
 *
 * The semantic conventions have metrics of SDKs, `otel.sdk.*`, that say part of this. They are in development, and say nothing of
 * decisions at the end of a trace; what is called after them would change with them. So these are `spandrel.*`, all of them.
 */
import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_SPANDREL_DROP_REASON,
  ATTR_SPANDREL_EXPORTER_NAME,
  ATTR_SPANDREL_FAULT_CODE,
  ATTR_SPANDREL_SAMPLING_KEPT_FOR,
} from '../conventions/attributes.js';
import type { DeliveryCount, Health } from './health.js';
import { byReason, type OwnMetric, single } from './own-metric.js';

const exporterOf = ({ exporter }: { readonly exporter: string }): Attributes => ({
  [ATTR_SPANDREL_EXPORTER_NAME]: exporter,
});

/** What nobody wants to see above zero. */
const ofFailedTraces: OwnMetric = {
  name: 'spandrel.exporter.span.error.dropped',
  instrument: 'counter',
  unit: '{span}',
  description: 'Spans of failed traces among those that were let go for want of room',
  attributes: [ATTR_SPANDREL_EXPORTER_NAME],
  read: ({ spans }) => spans.map((count) => [count.droppedOfFailedTraces, exporterOf(count)]),
};

/** What became of the records of one signal on their way to each exporter. */
function deliveries(
  prefix: string,
  unit: string,
  records: string,
  of: (health: Health) => readonly DeliveryCount[],
): readonly OwnMetric[] {
  const counted = (word: 'received' | 'delivered' | 'failed' | 'waiting', description: string): OwnMetric => ({
    name: `${prefix}.${word}`,
    instrument: word === 'waiting' ? 'up-down counter' : 'counter',
    unit,
    description: `${records} ${description}`,
    attributes: [ATTR_SPANDREL_EXPORTER_NAME],
    read: (health) => of(health).map((count) => [count[word], exporterOf(count)]),
  });
  return [
    counted('received', 'handed over to the queue of the exporter'),
    counted('delivered', 'taken by the exporter'),
    counted('failed', 'refused by the exporter, or not answered in time'),
    {
      name: `${prefix}.dropped`,
      instrument: 'counter',
      unit,
      description: `${records} let go before they were sent`,
      attributes: [ATTR_SPANDREL_EXPORTER_NAME, ATTR_SPANDREL_DROP_REASON],
      read: (health) =>
        of(health).flatMap((count) => byReason(count.dropped, ATTR_SPANDREL_DROP_REASON, exporterOf(count))),
    },
    counted('waiting', 'that wait to be sent, or are being sent, now'),
  ];
}

const ofSampling: readonly OwnMetric[] = [
  {
    name: 'spandrel.sampling.trace.kept',
    instrument: 'counter',
    unit: '{trace}',
    description: 'Traces that were kept',
    attributes: [ATTR_SPANDREL_SAMPLING_KEPT_FOR],
    read: ({ sampling }) => byReason(sampling?.kept ?? {}, ATTR_SPANDREL_SAMPLING_KEPT_FOR),
  },
  {
    name: 'spandrel.sampling.span.dropped',
    instrument: 'counter',
    unit: '{span}',
    description: 'Spans that were let go with their trace',
    attributes: [ATTR_SPANDREL_DROP_REASON],
    read: ({ sampling }) => byReason(sampling?.dropped ?? {}, ATTR_SPANDREL_DROP_REASON),
  },
  single(
    'spandrel.sampling.span.buffered',
    'up-down counter',
    '{span}',
    'Spans that wait for their trace to be decided about, now',
    ({ sampling }) => sampling?.buffered,
  ),
  single(
    'spandrel.sampling.rate',
    'gauge',
    '1',
    'The share of successful traces that is kept now',
    ({ sampling }) => sampling?.rate,
  ),
  single(
    'spandrel.sampling.load',
    'gauge',
    '1',
    'The load that adaptive sampling goes by, smoothed',
    ({ sampling }) => sampling?.load,
  ),
];

const ofMemory: readonly OwnMetric[] = [
  single(
    'spandrel.buffer.span.usage',
    'up-down counter',
    '{span}',
    'Ended spans in memory now',
    ({ held }) => held.spans,
  ),
  single(
    'spandrel.buffer.span.limit',
    'up-down counter',
    '{span}',
    'How many ended spans there may be in memory',
    ({ held }) => held.spansAtMost,
  ),
  single(
    'spandrel.buffer.memory.usage',
    'up-down counter',
    'By',
    'Bytes of ended spans in memory now, by estimate',
    ({ held }) => held.bytes,
  ),
  single(
    'spandrel.buffer.memory.limit',
    'up-down counter',
    'By',
    'How many bytes of ended spans there may be in memory',
    ({ held }) => held.bytesAtMost,
  ),
];

const ofReaders: readonly OwnMetric[] = [
  {
    name: 'spandrel.exporter.metric.started',
    instrument: 'counter',
    unit: '{export}',
    description: 'Exports of metrics begun, and scrapes answered',
    attributes: [ATTR_SPANDREL_EXPORTER_NAME],
    read: ({ metrics }) => metrics.map((count) => [count.exports, exporterOf(count)]),
  },
  {
    name: 'spandrel.exporter.metric.failed',
    instrument: 'counter',
    unit: '{export}',
    description: 'Exports of metrics that were refused, or not answered in time',
    attributes: [ATTR_SPANDREL_EXPORTER_NAME],
    read: ({ metrics }) => metrics.map((count) => [count.failed, exporterOf(count)]),
  },
];

const ofRunning: readonly OwnMetric[] = [
  single(
    'spandrel.running.span.usage',
    'up-down counter',
    '{span}',
    'Spans that run now',
    ({ running }) => running?.spans,
  ),
  single(
    'spandrel.running.span.limit',
    'up-down counter',
    '{span}',
    'How many spans there is memory for to run at once',
    ({ running }) => running?.atMost,
  ),
  single(
    'spandrel.running.call.unrecorded',
    'counter',
    '{call}',
    'Calls that were not recorded for want of room',
    ({ running }) => running?.unrecorded,
  ),
];

const ofSeries: readonly OwnMetric[] = [
  single(
    'spandrel.metric.series.usage',
    'up-down counter',
    '{series}',
    'Series of all metrics of the program now',
    ({ series }) => series?.used,
  ),
  single(
    'spandrel.metric.series.limit',
    'up-down counter',
    '{series}',
    'How many series there may be of all metrics together',
    ({ series }) => series?.limit,
  ),
  single(
    'spandrel.metric.overflowed',
    'counter',
    '{metric}',
    'Metrics that have met a limit of series',
    ({ series }) => series?.overflowed,
  ),
];

const ofFaults: OwnMetric = {
  name: 'spandrel.faults',
  instrument: 'counter',
  unit: '{fault}',
  description: 'What went wrong at run time in telemetry itself',
  attributes: [ATTR_SPANDREL_FAULT_CODE],
  read: ({ faults }) => faults.map(({ code, count }) => [count, { [ATTR_SPANDREL_FAULT_CODE]: code }]),
};

export const ownMetricsTable: readonly OwnMetric[] = [
  ...ofSampling,
  ...ofMemory,
  ...deliveries('spandrel.exporter.span', '{span}', 'Spans', ({ spans }) => spans),
  ofFailedTraces,
  ...deliveries('spandrel.exporter.log', '{log_record}', 'Log records', ({ logs }) => logs),
  ...ofReaders,
  ...ofRunning,
  ...ofSeries,
  ofFaults,
];

const names: ReadonlySet<string> = new Set(ownMetricsTable.map(({ name }) => name));

export const isOwnMetric = (name: string): boolean => names.has(name);
