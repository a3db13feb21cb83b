/**
 * The receivers of OTLP: one for all, or several, each of which has a share of the traces. Of several, each has an exporter of
 * its own; log records go with their trace, and what belongs to no trace has one receiver for as long as the process runs.
 */
import type { LogRecordExporter, ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { PushMetricExporter } from '@opentelemetry/sdk-metrics';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import { foldedTraceOf, foldedTraceOfLog } from '../delivery/sharded-queue.js';
import { Shards } from '../delivery/shards.js';
import { plainAddress } from '../settings/addresses.js';
import type { ResolvedSettings } from '../settings/resolve-settings.js';
import type { OtlpProtocol, Route } from '../settings/routes.js';
import type { ExportSettings } from '../settings/settings.js';
import { otlpLogs, otlpMetrics, otlpSpans } from './exporters.js';

/** An exporter, and what it is called in `health()` and in reports. */
export interface Receiver<E> {
  readonly exporter: E;
  readonly name: string;
}

export class OtlpReceivers {
  readonly #settings: ResolvedSettings;
  /** As they were given, by the form in which they are compared. */
  readonly #addresses: ReadonlyMap<string, string>;
  readonly #shards: Shards | undefined;
  /** Whose what belongs to no trace is. */
  readonly #home: number;

  /** @param instance chooses the receiver of what belongs to no trace. */
  constructor(settings: ResolvedSettings, instance: string) {
    const { endpoints } = settings.export;
    this.#settings = settings;
    this.#addresses = new Map(endpoints?.map((address) => [plainAddress(address), address]));
    this.#shards = endpoints && new Shards([...this.#addresses.keys()]);
    this.#home = this.#shards?.ofText(instance) ?? 0;
  }

  /** None where spans do not go out by OTLP. */
  spans(): Receiver<SpanExporter>[] {
    return this.#receivers(this.#settings.routes.traces, otlpSpans);
  }

  /** Which of them a span goes to. */
  placeOfSpan(span: ReadableSpan): number {
    return this.#shards?.of(foldedTraceOf(span)) ?? 0;
  }

  logs(): Receiver<LogRecordExporter>[] {
    return this.#receivers(this.#settings.routes.logs, otlpLogs);
  }

  placeOfLog(record: ReadableLogRecord): number {
    const folded = foldedTraceOfLog(record);
    return folded === undefined ? this.#home : (this.#shards?.of(folded) ?? 0);
  }

  /** One at most: a process that told its sums now here and now there would be two in each place. */
  metrics(): Receiver<PushMetricExporter>[] {
    const { routes, metrics } = this.#settings;
    const [home] = this.#targets(routes.metrics).slice(this.#home);
    return home === undefined ? [] : receiversAt([home], routes.metrics, (way, to) => otlpMetrics(way, to, metrics));
  }

  #receivers<E>(route: Route, make: Making<E>): Receiver<E>[] {
    return receiversAt(this.#targets(route), route, make);
  }

  #targets({ atDefault }: Route): Target[] {
    const exporting = this.#settings.export;
    if (this.#shards === undefined) {
      const to = atDefault ? { ...exporting, endpoint: 'http://localhost:4318' } : exporting;
      return [{ name: 'otlp', to }];
    }
    return this.#shards.addresses.map((address) => {
      const endpoint = this.#addresses.get(address) ?? address;
      return { name: `otlp ${address}`, to: { ...exporting, endpoint } };
    });
  }
}

/** What an exporter is told, and what it is called. */
interface Target {
  readonly name: string;
  readonly to: ExportSettings;
}

type Making<E> = (protocol: OtlpProtocol, to: ExportSettings) => E;

function receiversAt<E>(targets: readonly Target[], { otlp }: Route, make: Making<E>): Receiver<E>[] {
  return otlp === undefined ? [] : targets.map(({ name, to }) => ({ name, exporter: make(otlp, to) }));
}
