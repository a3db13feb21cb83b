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
import { SpanBacklog } from './delivery/span-backlog.js';
import { SpanDelivery } from './delivery/span-delivery.js';
import { WatchedMetricExporter } from './delivery/watched-metric-exporter.js';
import { GuardedLogProcessor } from './guarded-log-processor.js';
import type { CollectionCount, DeliveryCount } from './health.js';
import type { InnerParts } from './inner-parts.js';
import { nameOf } from './name-of.js';
import { otlpLogs, otlpMetrics, otlpSpans } from './otlp/exporters.js';
import { PrometheusEndpoint, type ScrapedAt } from './prometheus-endpoint.js';
import type { ResolvedSettings } from './settings/resolve-settings.js';
import type { Route } from './settings/routes.js';
import type { ExportSettings } from './settings/settings.js';
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

/**
 * The pipeline for the settings; nothing is sent or registered yet, and nothing will be sent before `detecting` has settled:
 * the resource is not complete until then.
 */
export function pipelineFor(settings: ResolvedSettings, inner: InnerParts, detecting?: Promise<void>): Pipeline {
  const building = new PipelineBuilding(settings, detecting);
  try {
    build(building, settings, inner);
  } catch (error) {
    // What was built is put away again: queues have timers.
    building.abandon();
    throw error;
  }
  return building;
}

function build(building: PipelineBuilding, settings: ResolvedSettings, inner: InnerParts): void {
  building.logProcessors.push(...settings.logProcessors.map((processor) => new GuardedLogProcessor(processor)));
  const { routes, metrics: collecting, export: exporting } = settings;
  const { traces, metrics, logs, prometheus } = routes;
  const toward = ({ atDefault }: Route): ExportSettings =>
    atDefault ? { ...exporting, endpoint: 'http://localhost:4318' } : exporting;
  if (traces.otlp !== undefined) building.deliverSpans(otlpSpans(traces.otlp, toward(traces)), 'otlp');
  if (logs.otlp !== undefined) building.deliverLogs(otlpLogs(logs.otlp, toward(logs)), 'otlp');
  if (metrics.otlp !== undefined)
    building.exportMetrics(otlpMetrics(metrics.otlp, toward(metrics), collecting), 'otlp');
  building.drawOnConsole();
  if (prometheus !== undefined) building.beScraped(prometheus);
  const { spanExporters = [], logExporters = [], metricReaders = [] } = exporting;
  for (const exporter of spanExporters) building.deliverSpans(exporter, nameOf(exporter, 'exporter'));
  for (const exporter of logExporters) building.deliverLogs(exporter, nameOf(exporter, 'exporter'));
  building.metricReaders.push(...metricReaders);
  building.keepWith(inner);
}

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

  /** Each exporter has a queue of its own: a slow one does not hold up the others. */
  deliverSpans(exporter: RecordExporter<ReadableSpan>, name: string): void {
    const backlog = new SpanBacklog(this.room, fullOf('spans', name));
    const queue = this.#queue(exporter, backlog, { exporter: name, signal: 'spans', ...this.#settings.batch.spans });
    this.#deliveries.push(new SpanDelivery(queue));
    this.spanCounts.push(queue);
  }

  deliverLogs(exporter: RecordExporter<ReadableLogRecord>, name: string): void {
    const { logs } = this.#settings.batch;
    const backlog = new RecordBacklog<ReadableLogRecord>(logs.buffer, fullOf('log records', name));
    const queue = this.#queue(exporter, backlog, { exporter: name, signal: 'log records', ...logs });
    this.logProcessors.push(new LogDelivery(queue));
    this.logCounts.push(queue);
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

  #queue<R>(exporter: RecordExporter<R>, backlog: Backlog<R>, options: Omit<QueueOptions, 'after'>): DeliveryQueue<R> {
    const queue = new DeliveryQueue(exporter, backlog, { ...options, after: this.#detecting });
    this.#abandons.push(() => queue.abandon());
    return queue;
  }
}

const fullOf =
  (signal: string, exporter: string): TellFull =>
  (limit) =>
    report('SPANDREL_BUFFER_FULL', exporter, { signal, exporter, limit });
