/**
 * Telemetry that is kept in memory, told as plain objects: span trees whole, metric points with exact values, log
 * records with the ids they carry. One at a time; `stop()` leaves nothing behind.
 */
import { type Attributes, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { LogRecordExporter, ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { DataPointType, type MetricData, MetricReader } from '@opentelemetry/sdk-metrics';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import { bootstrap, type FaultCount, type Telemetry } from 'spandrel';

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
    const spans = [...(await recorded.spans())].sort(byStart);
    const ids = new Set(spans.map((span) => span.spanContext().spanId));
    return spans.filter((span) => !ids.has(span.parentSpanContext?.spanId ?? '')).map((span) => treeOf(span, spans));
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

function treeOf(span: ReadableSpan, all: readonly ReadableSpan[]): SpanTree {
  const { spanId } = span.spanContext();
  const { code, message } = span.status;
  return {
    name: span.name,
    ...(span.kind === SpanKind.INTERNAL ? {} : { kind: SpanKind[span.kind] }),
    attributes: span.attributes,
    status: code === SpanStatusCode.ERROR ? 'error' : 'unset',
    ...(message === undefined || message === '' ? {} : { statusMessage: message }),
    events: span.events.map(({ name, attributes = {} }) => ({ name, attributes: withFirstLine(attributes) })),
    ...(span.links.length === 0
      ? {}
      : { links: span.links.map((link) => ({ spanId: link.context.spanId, attributes: link.attributes ?? {} })) }),
    children: all
      .filter(({ parentSpanContext }) => parentSpanContext?.spanId === spanId)
      .map((child) => treeOf(child, all)),
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
