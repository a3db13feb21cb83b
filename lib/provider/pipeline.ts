/**
 * The one place that says who comes after whom: which processors take spans and log records, which readers collect
 * metrics, and where each of them delivers to.
 */
import type { LogRecordProcessor, ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { type MetricReader, PeriodicExportingMetricReader, type PushMetricExporter } from '@opentelemetry/sdk-metrics';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { report } from '../faults/report.js';
import { SpanRoom } from '../recorder/span-room.js';
import { ConsoleWriter } from './console/console-writer.js';
import { LogLines } from './console/log-lines.js';
import { MetricTable } from './console/metric-table.js';
import { TraceDrawing } from './console/trace-drawing.js';
import { type Backlog, RecordBacklog, type TellFull } from './delivery/backlog.js';
import { DeliveryQueue, type QueueOptions, type RecordExporter } from './delivery/delivery-queue.js';
import { LogDelivery } from './delivery/log-delivery.js';
import { asOne, shareOf } from './delivery/sharded-queue.js';
import { SpanBacklog } from './delivery/span-backlog.js';
import { SpanDelivery } from './delivery/span-delivery.js';
import { WatchedMetricExporter } from './delivery/watched-metric-exporter.js';
import { GuardedLogProcessor } from './guarded-log-processor.js';
import type { CollectionCount, DeliveryCount } from './health.js';
import type { InnerParts } from './inner-parts.js';
import { nameOf } from './name-of.js';
import { OtlpReceivers, type Receiver } from './otlp/receivers.js';
import { PrometheusEndpoint, type ScrapedAt } from './prometheus-endpoint.js';
import type { ResolvedSettings } from './settings/resolve-settings.js';
import { SpanProcessors } from './span-processors.js';

/** Something that says how much it delivered. */
interface Counting<C> {
  count(): C;
}

export interface Pipeline {
  /** To be flushed and shut down, each on its own. */
  readonly spanProcessors: readonly SpanProcessor[];
  /** The same as one: what spans are told to. */
  readonly spans: SpanProcessors;
  /** In which all that holds ended spans counts them. */
  readonly room: SpanRoom;
  readonly logProcessors: LogRecordProcessor[];
  readonly metricReaders: MetricReader[];
  readonly spanCounts: Counting<DeliveryCount>[];
  readonly logCounts: Counting<DeliveryCount>[];
  readonly metricCounts: Counting<CollectionCount>[];
  /** Listens no more for who scrapes. */
  endScrapes(): void;
  /** Gives up on what is still waiting. */
  abandon(): void;
}

/** What there is to know of who is telling. */
export interface Telling {
  /** Chooses the receiver of what belongs to no trace. */
  readonly instance: string;
  readonly detecting: Promise<void> | undefined;
}

/**
 * The pipeline for the settings; nothing is sent or registered yet, and nothing will be sent before `detecting` has settled:
 * the resource is not complete until then.
 */
export function pipelineFor(settings: ResolvedSettings, inner: InnerParts, telling: Telling): Pipeline {
  const building = new PipelineBuilding(settings, telling.detecting);
  try {
    build(building, settings, inner, telling);
  } catch (error) {
    // What was built is put away again: queues have timers.
    building.abandon();
    throw error;
  }
  return building;
}

function build(building: PipelineBuilding, settings: ResolvedSettings, inner: InnerParts, telling: Telling): void {
  building.logProcessors.push(...settings.logProcessors.map((processor) => new GuardedLogProcessor(processor)));
  const { prometheus } = settings.routes;
  const otlp = new OtlpReceivers(settings, telling.instance);
  building.deliverSpans(otlp.spans(), (span) => otlp.placeOfSpan(span));
  building.deliverLogs(otlp.logs(), (record) => otlp.placeOfLog(record));
  for (const { exporter, name } of otlp.metrics()) building.exportMetrics(exporter, name);
  building.drawOnConsole();
  if (prometheus !== undefined) building.beScraped(prometheus);
  const { spanExporters = [], logExporters = [], metricReaders = [] } = settings.export;
  for (const exporter of spanExporters) building.deliverSpans([{ exporter, name: nameOf(exporter, 'exporter') }]);
  for (const exporter of logExporters) building.deliverLogs([{ exporter, name: nameOf(exporter, 'exporter') }]);
  building.metricReaders.push(...metricReaders);
  building.keepWith(inner);
}

type Receivers<R> = readonly Receiver<RecordExporter<R>>[];

const first = (): number => 0;

class PipelineBuilding implements Pipeline {
  readonly room: SpanRoom;
  readonly logProcessors: LogRecordProcessor[] = [];
  readonly metricReaders: MetricReader[] = [];
  readonly spanCounts: Counting<DeliveryCount>[] = [];
  readonly logCounts: Counting<DeliveryCount>[] = [];
  readonly metricCounts: Counting<CollectionCount>[] = [];
  readonly #deliveries: SpanProcessor[] = [];
  readonly #drawings: SpanProcessor[] = [];
  readonly #abandons: (() => void)[] = [];
  readonly #scraped: PrometheusEndpoint[] = [];
  readonly #settings: ResolvedSettings;
  readonly #detecting: Promise<void> | undefined;

  constructor(settings: ResolvedSettings, detecting: Promise<void> | undefined) {
    this.room = new SpanRoom(settings.batch.spans.buffer, settings.limits.memoryBytes);
    this.#settings = settings;
    this.#detecting = detecting;
  }

  get spanProcessors(): readonly SpanProcessor[] {
    return [...this.#settings.processors, ...this.#drawings, ...this.#deliveries];
  }

  get spans(): SpanProcessors {
    return new SpanProcessors({
      users: this.#settings.processors,
      ours: [...this.#drawings, ...this.#deliveries],
      // A queue has nothing to do with a span that has only started.
      oursFromStart: this.#drawings,
    });
  }

  /**
   * Each exporter has a queue of its own: a slow one does not hold up the others. Of several, `placeOf` says to which one a span goes;
   * together they hold no more than one would.
   */
  deliverSpans(receivers: Receivers<ReadableSpan>, placeOf: (span: ReadableSpan) => number = first): void {
    const batch = shareOf(this.#settings.batch.spans, receivers.length);
    const queues = receivers.map((receiver) => {
      const backlog = new SpanBacklog(this.room, fullOf('spans', receiver.name), receivers.length);
      return this.#queue(receiver, backlog, { signal: 'spans', ...batch });
    });
    if (queues.length > 0) this.#deliveries.push(new SpanDelivery(asOne(queues, placeOf)));
    this.spanCounts.push(...queues);
  }

  deliverLogs(receivers: Receivers<ReadableLogRecord>, placeOf: (record: ReadableLogRecord) => number = first): void {
    const batch = shareOf(this.#settings.batch.logs, receivers.length);
    const queues = receivers.map((receiver) => {
      const backlog = new RecordBacklog<ReadableLogRecord>(batch.buffer, fullOf('log records', receiver.name));
      return this.#queue(receiver, backlog, { signal: 'log records', ...batch });
    });
    if (queues.length > 0) this.logProcessors.push(new LogDelivery(asOne(queues, placeOf)));
    this.logCounts.push(...queues);
  }

  exportMetrics(exporter: PushMetricExporter, name: string): void {
    const { intervalMs, exportMs } = this.#settings.metrics;
    const watched = new WatchedMetricExporter(exporter, name, exportMs);
    this.metricReaders.push(
      new PeriodicExportingMetricReader({
        exporter: watched,
        exportIntervalMillis: intervalMs,
        // What is late is counted by who watches the exporter; the reader would only tell of it.
        exportTimeoutMillis: intervalMs,
      }),
    );
    this.metricCounts.push(watched);
  }

  beScraped(at: ScrapedAt): void {
    const endpoint = new PrometheusEndpoint(at);
    this.metricReaders.push(endpoint);
    this.metricCounts.push(endpoint);
    this.#scraped.push(endpoint);
  }

  /** Those that keep what a test records: where exporters stand, and without a queue. */
  keepWith({ spans, logs }: InnerParts): void {
    if (spans !== undefined) this.#drawings.push(spans);
    if (logs !== undefined) this.logProcessors.push(logs);
  }

  /** The signals whose way leads to the terminal. */
  drawOnConsole(): void {
    const { batch, environment, routes } = this.#settings;
    const { console: drawing = {} } = this.#settings.export;
    if (![routes.traces, routes.metrics, routes.logs].some(({ console }) => console)) return;
    const writer = new ConsoleWriter(drawing, environment);
    if (routes.traces.console) {
      const traces = new TraceDrawing(writer, {
        traces: drawing.traces ?? 'all',
        attributes: drawing.attributes ?? false,
        buffer: batch.spans.buffer,
      });
      this.#drawings.push(traces);
      this.spanCounts.push(traces);
    }
    if (routes.logs.console) {
      const lines = new LogLines(writer);
      this.logProcessors.push(lines);
      this.logCounts.push(lines);
    }
    if (routes.metrics.console) this.exportMetrics(new MetricTable(writer), 'console');
  }

  endScrapes(): void {
    for (const endpoint of this.#scraped) endpoint.abandon();
  }

  abandon(): void {
    this.endScrapes();
    for (const abandon of this.#abandons) abandon();
  }

  #queue<R>(
    { exporter, name }: Receiver<RecordExporter<R>>,
    backlog: Backlog<R>,
    options: Omit<QueueOptions, 'after' | 'exporter'>,
  ): DeliveryQueue<R> {
    const queue = new DeliveryQueue(exporter, backlog, { ...options, exporter: name, after: this.#detecting });
    this.#abandons.push(() => queue.abandon());
    return queue;
  }
}

const fullOf =
  (signal: string, exporter: string): TellFull =>
  (limit) =>
    report('SPANDREL_BUFFER_FULL', exporter, { signal, exporter, limit });
