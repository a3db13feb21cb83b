/**
 * Metrics as the text that Prometheus reads. The SDK writes it; what it would write that Prometheus refuses, with the whole scrape, is mended
 * before and after: labels that are there twice or have no valid name, and metrics that are there twice.
 */
import type { Attributes } from '@opentelemetry/api';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { DataPointType, type MetricData, type ResourceMetrics } from '@opentelemetry/sdk-metrics';

const serializer = new PrometheusSerializer();

/** Labels that the SDK writes beside the attributes. */
const ofScope = /^otel_scope_(name|version|schema_url)$/;
const ofHistogram = /^(otel_scope_(name|version|schema_url)|le)$/;
const none = /^$/;

/** The exposition in text format 0.0.4. */
export function prometheusText({ resource, scopeMetrics }: ResourceMetrics): string {
  const text = serializer.serialize({
    resource: resourceFromAttributes(labelsOf(resource.attributes, none)),
    scopeMetrics: scopeMetrics.map(({ scope, metrics }) => ({ scope, metrics: metrics.map(withLabels) })),
  });
  return eachOnce(text.endsWith('\n') ? text : `${text}\n`);
}

function withLabels(metric: MetricData): MetricData {
  const taken = metric.dataPointType === DataPointType.HISTOGRAM ? ofHistogram : ofScope;
  const dataPoints = metric.dataPoints.map((point) => ({ ...point, attributes: labelsOf(point.attributes, taken) }));
  return { ...metric, dataPoints } as MetricData;
}

/**
 * Attributes under names that are labels. Of those that become one label the values are joined, in the order of their keys
 * (specification, Prometheus and OpenMetrics compatibility: metric attributes); one whose label is taken is `exported_`, as Prometheus itself does it.
 */
function labelsOf(attributes: Attributes, taken: RegExp): Attributes {
  const labels = new Map<string, Attributes[string]>();
  for (const key of Object.keys(attributes).sort()) {
    const name = labelName(key);
    const label = taken.test(name) ? `exported_${name}` : name;
    const value = attributes[key];
    const before = labels.get(label);
    labels.set(label, before === undefined ? value : `${textOf(before)};${textOf(value)}`);
  }
  return Object.fromEntries(labels);
}

/** A digit at the beginning is what no label may have; Prometheus's own translation of OTLP puts the same before it. */
function labelName(key: string): string {
  const name = key.replace(/[^a-zA-Z0-9_]/g, '_').replace(/_{2,}/g, '_');
  return /^\d/.test(name) ? `key_${name}` : name || '_';
}

function textOf(value: Attributes[string]): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * The samples of a name in one group, under its first description and type. Two scopes may have a metric of one name, and
 * names that differ in OpenTelemetry may be one here.
 */
function eachOnce(text: string): string {
  const groups = new Map<string, string>();
  // A line ends with a line feed and nothing else: values may hold what JavaScript takes for an end of line.
  for (const block of text.split(/(?<=^|\n)(?=# HELP )/)) {
    const name = /^# HELP (\S+)/.exec(block)?.[1] ?? '';
    const owner = ownerOf(name, groups);
    const before = groups.get(owner);
    groups.set(owner, before === undefined ? block : before + block.replace(/(?<=^|\n)# [^\n]*\n/g, ''));
  }
  return [...groups.values()].join('');
}

/** A metric named as a part of a histogram is taken for that part. */
function ownerOf(name: string, groups: ReadonlyMap<string, string>): string {
  const [, histogram] = /^(.+)_(?:count|sum|bucket)$/.exec(name) ?? [];
  const isPart = histogram !== undefined && groups.get(histogram)?.includes(`# TYPE ${histogram} histogram`);
  return isPart ? histogram : name;
}
