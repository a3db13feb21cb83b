/**
 * Telemetry that is kept in memory, told as plain objects: span trees whole, metric points with exact values, log
 * records with the ids they carry. One at a time; `stop()` leaves nothing behind.
 *
 * The trees are those of `spandrel/testing`. What they are made of has come by the whole road of a program's, through the queues
 * and to exporters and a cumulative reader, and nobody hears of a span's start: the kit's own way in is shorter.
 */
import type { Attributes } from '@opentelemetry/api';
import type { LogRecordExporter, ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { DataPointType, type MetricData, MetricReader } from '@opentelemetry/sdk-metrics';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import { bootstrap, type FaultCount, type Telemetry } from 'spandrel';
import { type RecordedSpan, recordedTrees } from '../../lib/testing/recorded-span.js';

/** A span with what it holds; what is left at its default (kind, links) is left out. */
export interface SpanTree {
  readonly name: string;
  readonly kind?: string;
  readonly attributes: Attributes;
  readonly status: 'unset' | 'error';
  readonly statusMessage?: string;
  /** Of a stack trace, the first line. */
  readonly events: readonly { readonly name: string; readonly attributes: Attributes }[];
  readonly links?: readonly { readonly spanId: string; readonly attributes: Attributes }[];
  readonly children: readonly SpanTree[];
}

/** One series: its attributes, and its value (of a histogram, how many measurements it holds). */
export type Point = readonly [attributes: Attributes, value: number];

type Taken = { code: number };

class KeptSpans implements SpanExporter {
  readonly spans: ReadableSpan[] = [];

  export(spans: ReadableSpan[], done: (result: Taken) => void): void {
    this.spans.push(...spans);
    done({ code: 0 });
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

class KeptLogs implements LogRecordExporter {
  readonly records: ReadableLogRecord[] = [];

  export(records: ReadableLogRecord[], done: (result: Taken) => void): void {
    this.records.push(...records);
    done({ code: 0 });
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

/** Collects when it is asked to, and at no other time. */
export class ReaderOnDemand extends MetricReader {
  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }

  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }
}

interface Running {
  readonly telemetry: Telemetry;
  readonly spans: KeptSpans;
  readonly logs: KeptLogs;
  readonly reader: ReaderOnDemand;
  /** What was told to the operator, by code. */
  readonly warnings: string[];
}

let running: Running | undefined;

/** The telemetry of the test that runs. */
export const recorded = {
  /** Begins it, with the `bootstrap` of another loaded copy of the package where one is given. */
  start(begin: typeof bootstrap = bootstrap): Telemetry {
    const parts = {
      spans: new KeptSpans(),
      logs: new KeptLogs(),
      reader: new ReaderOnDemand(),
      warnings: [] as string[],
    };
    jest.spyOn(process, 'emitWarning').mockImplementation((sentence) => void parts.warnings.push(String(sentence)));
    const telemetry = begin({
      service: 'spec',
      export: {
        protocol: 'none',
        spanExporters: [parts.spans],
        metricReaders: [parts.reader],
        logExporters: [parts.logs],
      },
    });
    running = { telemetry, ...parts };
    return telemetry;
  },

  /** Shuts down, if it is running; what was recorded can still be read. */
  async stop(): Promise<void> {
    await running?.telemetry.shutdown();
    jest.restoreAllMocks();
  },

  /** The spans that have ended, in the order they ended. */
  async spans(): Promise<readonly ReadableSpan[]> {
    await now().telemetry.flush();
    return now().spans.spans;
  },

  /** All spans, as trees, in the order they started. */
  async trees(): Promise<SpanTree[]> {
    return recordedTrees([...(await recorded.spans())].sort(byStart)).map(treeOf);
  },

  /** Every metric as it is collected now, by name. */
  async metrics(): Promise<Map<string, MetricData>> {
    const { resourceMetrics, errors } = await now().reader.collect();
    if (errors.length > 0) throw errors[0];
    const all = resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics);
    return new Map(all.map((metric) => [metric.descriptor.name, metric]));
  },

  /** The series of one metric, in the order of their attributes; empty when it has none. */
  async points(name: string): Promise<Point[]> {
    const metric = (await recorded.metrics()).get(name);
    return metric === undefined ? [] : pointsOf(metric);
  },

  async logs(): Promise<readonly ReadableLogRecord[]> {
    await now().telemetry.flush();
    return now().logs.records;
  },

  /** The sentences told to the operator so far. */
  warnings(): readonly string[] {
    return now().warnings;
  },

  /** The faults reported so far, without the sentences. */
  faults(): Pick<FaultCount, 'code' | 'where' | 'count'>[] {
    const told = now().telemetry.health().faults;
    return told.map(({ code, where, count }) => ({ code, where, count })).sort((a, b) => (a.where < b.where ? -1 : 1));
  },
};

/** The span expected of a woven call, with the defaults filled in. */
export function span(
  name: string,
  { at = name, attributes, ...given }: Partial<SpanTree> & { at?: string } = {},
  ...children: SpanTree[]
): SpanTree {
  return {
    name,
    attributes: { 'code.function.name': at, ...attributes },
    status: 'unset',
    events: [],
    children,
    ...given,
  };
}

/** A tree that was kept because something in it failed, as each of its spans says. */
export function keptForError(tree: SpanTree): SpanTree {
  const attributes = { ...tree.attributes, 'spandrel.sampling.kept_for': 'error' };
  return { ...tree, attributes, children: tree.children.map(keptForError) };
}

/** The span expected of a call that failed. */
export function failedSpan(
  name: string,
  failure: { readonly type: string; readonly message: string; readonly stack?: string | null },
  given: Partial<SpanTree> & { at?: string } = {},
  ...children: SpanTree[]
): SpanTree {
  const { type, message, stack = `${type}: ${message}` } = failure;
  const exception = {
    'exception.type': type,
    'exception.message': message,
    ...(stack === null ? {} : { 'exception.stacktrace': stack }),
  };
  return span(
    name,
    {
      ...given,
      attributes: { ...given.attributes, 'error.type': type },
      status: 'error',
      ...(message === '' ? {} : { statusMessage: message }),
      events: [...(given.events ?? []), { name: 'exception', attributes: exception }],
    },
    ...children,
  );
}

function now(): Running {
  if (running === undefined) throw new Error('telemetry was not started');
  return running;
}

/** In nanoseconds since 1970 a number would not be exact. Of spans that started at once, the one that ended first. */
function byStart({ startTime: a }: ReadableSpan, { startTime: b }: ReadableSpan): number {
  return a[0] - b[0] || a[1] - b[1];
}

function treeOf({ name, kind, status, statusMessage, attributes, events, links, children }: RecordedSpan): SpanTree {
  return {
    name,
    ...(kind === 'internal' ? {} : { kind: kind.toUpperCase() }),
    attributes,
    status: status === 'error' ? 'error' : 'unset',
    ...(statusMessage === '' ? {} : { statusMessage }),
    events: events.map((event) => ({ name: event.name, attributes: withFirstLine(event.attributes) })),
    ...(links.length === 0
      ? {}
      : { links: links.map((link) => ({ spanId: link.spanId, attributes: link.attributes })) }),
    children: children.map(treeOf),
  };
}

function withFirstLine(attributes: Attributes): Attributes {
  const stack = attributes['exception.stacktrace'];
  if (typeof stack !== 'string') return attributes;
  return { ...attributes, 'exception.stacktrace': stack.split('\n', 1)[0] };
}

function pointsOf(metric: MetricData): Point[] {
  const points: Point[] =
    metric.dataPointType === DataPointType.HISTOGRAM || metric.dataPointType === DataPointType.EXPONENTIAL_HISTOGRAM
      ? metric.dataPoints.map(({ attributes, value }) => [attributes, value.count])
      : metric.dataPoints.map(({ attributes, value }) => [attributes, value]);
  const keyOf = ([attributes]: Point): string => JSON.stringify(Object.entries(attributes).sort());
  return points.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
