/**
 * The last in line: a receiver of ours that a real Collector hands on to. It keeps all that came, and counts it: spans as
 * whole trees, points of metrics as totals, whatever their temporality.
 */
import {
  type OtlpLog,
  type OtlpMetric,
  type OtlpPoint,
  OtlpReceiver,
  type OtlpRequest,
  type OtlpSpan,
  plainAttributes,
} from '../../support/otlp-receiver.js';

/** A span with the spans beneath it, in the order they began. */
export interface SpanTree {
  readonly name: string;
  readonly attributes: Record<string, unknown>;
  readonly failed: boolean;
  readonly events: readonly string[];
  readonly children: readonly SpanTree[];
}

/** All that was told of one series: the sum of a counter, the last of a gauge, a whole histogram. */
export interface Total {
  readonly value?: number;
  readonly count?: number;
  readonly sum?: number;
  readonly buckets?: readonly number[];
}

type TimedPoint = OtlpPoint & { readonly timeUnixNano: string };
type TimedSpan = OtlpSpan & { readonly startTimeUnixNano: string };

const delta = 1;

export class CountingReceiver {
  readonly #receiver: OtlpReceiver;

  private constructor(receiver: OtlpReceiver) {
    this.#receiver = receiver;
  }

  static async start(): Promise<CountingReceiver> {
    return new CountingReceiver(await OtlpReceiver.start());
  }

  get endpoint(): string {
    return this.#receiver.endpoint;
  }

  get requests(): readonly OtlpRequest[] {
    return this.#receiver.requests;
  }

  /** As if nothing had come yet. */
  forget(): void {
    this.#receiver.requests.length = 0;
  }

  stop(): Promise<void> {
    return this.#receiver.stop();
  }

  /** As they came, those that came twice included. A Collector leaves out of its JSON what is empty. */
  spans(): OtlpSpan[] {
    return this.#receiver.spans().map((span) => ({ ...emptySpan, ...span }));
  }

  logs(): OtlpLog[] {
    return this.#receiver.logs().map((log) => ({ ...emptyLog, ...log }));
  }

  /** The roots of all that came with what lies beneath them. Throws where a span came twice, or has a parent that did not come. */
  trees(): SpanTree[] {
    const spans = this.spans() as TimedSpan[];
    const ids = new Set(spans.map(({ spanId }) => spanId));
    if (ids.size !== spans.length) throw new Error(`${spans.length - ids.size} spans came twice`);
    const beneath = new Map<string, TimedSpan[]>();
    for (const span of spans) {
      const parent = span.parentSpanId ?? '';
      if (parent !== '' && !ids.has(parent)) throw new Error(`the parent of ${span.name} did not come`);
      beneath.set(parent, [...(beneath.get(parent) ?? []), span]);
    }
    const treesUnder = (id: string, traceId?: string): SpanTree[] =>
      inOrder(beneath.get(id) ?? []).map((span) => {
        if (traceId !== undefined && span.traceId !== traceId) throw new Error(`${span.name} is in another trace`);
        return { ...plainSpan(span), children: treesUnder(span.spanId, span.traceId) };
      });
    return treesUnder('');
  }

  /** Of a metric, by the attributes of its series as JSON text. */
  totals(name: string): Record<string, Total> {
    const totals: Record<string, Total> = {};
    for (const { point, adds } of this.#points(name)) {
      const key = JSON.stringify(plainAttributes(point.attributes ?? []));
      const before = totals[key];
      totals[key] = adds && before !== undefined ? plus(before, totalOf(point)) : totalOf(point);
    }
    return totals;
  }

  /** The metrics of one name, in the order they came. */
  metrics(name: string): OtlpMetric[] {
    return this.requests
      .filter(({ path }) => path === '/v1/metrics')
      .flatMap(({ body }) => body.resourceMetrics as { scopeMetrics: { metrics: OtlpMetric[] }[] }[])
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics))
      .filter((metric) => metric.name === name);
  }

  /** The attributes of every resource that a path was told of, each once. */
  resources(path: string): Record<string, unknown>[] {
    const lists = this.requests
      .filter((request) => request.path === path)
      .flatMap(({ body }) => Object.values(body) as { resource: { attributes?: OtlpSpan['attributes'] } }[][]);
    const texts = lists.flat().map(({ resource }) => JSON.stringify(plainAttributes(resource.attributes ?? [])));
    return [...new Set(texts)].map((text) => JSON.parse(text) as Record<string, unknown>);
  }

  #points(name: string): { readonly point: OtlpPoint; readonly adds: boolean }[] {
    return this.metrics(name)
      .flatMap(({ sum, histogram, gauge }) => {
        const told = (sum ?? histogram ?? gauge) as { dataPoints: TimedPoint[]; aggregationTemporality?: number };
        return told.dataPoints.map((point) => ({ point, adds: told.aggregationTemporality === delta }));
      })
      .sort((a, b) => Number(BigInt(a.point.timeUnixNano) - BigInt(b.point.timeUnixNano)));
  }
}

const emptySpan = { attributes: [], events: [], status: { code: 0 } };
const emptyLog = { attributes: [] };

function inOrder(spans: readonly TimedSpan[]): TimedSpan[] {
  return [...spans].sort((a, b) => Number(BigInt(a.startTimeUnixNano) - BigInt(b.startTimeUnixNano)));
}

function plainSpan({ name, attributes, status, events }: OtlpSpan): Omit<SpanTree, 'children'> {
  return {
    name,
    attributes: plainAttributes(attributes),
    failed: status.code === 2,
    events: events.map((event) => event.name),
  };
}

function totalOf({ asInt, asDouble, count, sum, bucketCounts }: OtlpPoint): Total {
  if (count === undefined) return { value: Number(asInt ?? asDouble) };
  return { count: Number(count), sum: sum ?? 0, buckets: (bucketCounts ?? []).map(Number) };
}

function plus(a: Total, b: Total): Total {
  if (a.value !== undefined) return { value: a.value + (b.value ?? 0) };
  const buckets = (a.buckets ?? []).map((bucket, at) => bucket + (b.buckets?.[at] ?? 0));
  return { count: (a.count ?? 0) + (b.count ?? 0), sum: (a.sum ?? 0) + (b.sum ?? 0), buckets };
}
