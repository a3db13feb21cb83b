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

export type Observed = readonly [value: number, attributes: Attributes];

export interface OwnMetric {
  readonly name: string;
  /** All are observed. */
  readonly instrument: 'counter' | 'up-down counter' | 'gauge';
  readonly unit: string;
  readonly description: string;
  readonly attributes: readonly string[];
  /** Of the same attributes the values are added up: two exporters may have one name. */
  readonly read: (health: Health) => readonly Observed[];
}

const none: Attributes = {};

const one = (value: number | undefined): readonly Observed[] => (value === undefined ? [] : [[value, none]]);

/** Attributes are told in the words of OpenTelemetry: `bufferFull` is `buffer_full`. */
function byReason(counts: object, attribute: string, beside: Attributes = none): readonly Observed[] {
  return Object.entries(counts).map(([reason, count]: [string, number]) => [
    count,
    { ...beside, [attribute]: reason.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) },
  ]);
}

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
  {
    name: 'spandrel.sampling.span.buffered',
    instrument: 'up-down counter',
    unit: '{span}',
    description: 'Spans that wait for their trace to be decided about, now',
    attributes: [],
    read: ({ sampling }) => one(sampling?.buffered),
  },
  {
    name: 'spandrel.sampling.rate',
    instrument: 'gauge',
    unit: '1',
    description: 'The share of successful traces that is kept now',
    attributes: [],
    read: ({ sampling }) => one(sampling?.rate),
  },
  {
    name: 'spandrel.sampling.load',
    instrument: 'gauge',
    unit: '1',
    description: 'The load that adaptive sampling goes by, smoothed',
    attributes: [],
    read: ({ sampling }) => one(sampling?.load),
  },
];

const ofMemory: readonly OwnMetric[] = [
  {
    name: 'spandrel.buffer.span.count',
    instrument: 'up-down counter',
    unit: '{span}',
    description: 'Ended spans in memory now',
    attributes: [],
    read: ({ held }) => one(held.spans),
  },
  {
    name: 'spandrel.buffer.span.limit',
    instrument: 'up-down counter',
    unit: '{span}',
    description: 'How many ended spans there may be in memory',
    attributes: [],
    read: ({ held }) => one(held.spansAtMost),
  },
  {
    name: 'spandrel.buffer.memory.usage',
    instrument: 'up-down counter',
    unit: 'By',
    description: 'Bytes of ended spans in memory now, by estimate',
    attributes: [],
    read: ({ held }) => one(held.bytes),
  },
  {
    name: 'spandrel.buffer.memory.limit',
    instrument: 'up-down counter',
    unit: 'By',
    description: 'How many bytes of ended spans there may be in memory',
    attributes: [],
    read: ({ held }) => one(held.bytesAtMost),
  },
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
  ofFaults,
];

const names: ReadonlySet<string> = new Set(ownMetricsTable.map(({ name }) => name));

export const isOwnMetric = (name: string): boolean => names.has(name);
