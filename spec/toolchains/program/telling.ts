/**
 * Exporters and a reader that keep what they are told, and put it into words that are the same in every run: names, kinds,
 * attributes, events, who is whose child, sums; no ids, times or stacks.
 */

import type { LogRecordExporter } from '@opentelemetry/sdk-logs';
import { type DataPoint, MetricReader } from '@opentelemetry/sdk-metrics';
import type { SpanExporter } from '@opentelemetry/sdk-trace-base';

type Span = Parameters<SpanExporter['export']>[0][number];
type Record = Parameters<LogRecordExporter['export']>[0][number];

interface Branch {
  readonly span: string;
  readonly children: readonly Branch[];
}

class Reader extends MetricReader {
  protected async onForceFlush(): Promise<void> {}
  protected async onShutdown(): Promise<void> {}
}

const spans: Span[] = [];
const records: Record[] = [];
const reader = new Reader();

/** The settings to start with. */
export const exporting = {
  protocol: 'none' as const,
  spanExporters: [keeping(spans)],
  logExporters: [keeping(records)],
  metricReaders: [reader],
};

function keeping<T>(kept: T[]) {
  return {
    export(batch: T[], done: (result: { code: number }) => void): void {
      kept.push(...batch);
      done({ code: 0 });
    },
    async forceFlush(): Promise<void> {},
    async shutdown(): Promise<void> {},
  };
}

/** All that was told so far, once it was flushed. */
export async function told(): Promise<object> {
  return {
    spans: childrenOf(undefined),
    metrics: await metrics(),
    logs: records.map(({ body, severityText, attributes, spanContext }) => {
      const inside = spans.find((span) => span.spanContext().spanId === spanContext?.spanId)?.name;
      return `${severityText} ${String(body)} ${inWords(attributes)} in ${inside}`;
    }),
  };
}

function childrenOf(parent: string | undefined): Branch[] {
  return spans
    .filter(({ parentSpanContext }) => parentSpanContext?.spanId === parent)
    .map((span) => ({ span: spanInWords(span), children: childrenOf(span.spanContext().spanId) }));
}

function spanInWords({ name, kind, status, attributes, events, instrumentationScope }: Span): string {
  const happened = events.map((event) => {
    const { 'exception.stacktrace': _, ...others } = event.attributes ?? {};
    return `${event.name} ${inWords(others)}`;
  });
  return [
    name,
    `kind ${kind}`,
    `status ${status.code}`,
    inWords(attributes),
    ...happened,
    instrumentationScope.name,
  ].join(' | ');
}

async function metrics(): Promise<string[]> {
  const { resourceMetrics } = await reader.collect();
  return resourceMetrics.scopeMetrics
    .flatMap((scope) => scope.metrics)
    .flatMap(({ descriptor: { name, unit, description }, dataPoints }) =>
      (dataPoints as readonly DataPoint<number | { readonly count: number }>[]).map(({ attributes, value }) =>
        [
          name,
          unit,
          description,
          inWords(attributes),
          typeof value === 'number' ? value : `${value.count} measured`,
        ].join(' | '),
      ),
    )
    .sort();
}

/** A `#private` method is called so by its span, too; the legacy dialect has it as `private`, without the mark. */
function inWords(attributes: object): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`.replace('.#', '.'))
    .sort()
    .join(' ');
}
