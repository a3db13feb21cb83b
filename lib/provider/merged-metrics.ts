/**
 * What is accumulated by ourselves together with what the SDK collected, as one: a reader sees one scope of this library,
 * whoever keeps its metrics.
 */
import type { CollectionResult, MetricData, ScopeMetrics } from '@opentelemetry/sdk-metrics';
import { scope } from '../conventions/scope.js';

/** The SDK's result with `accumulated` added; ours come first, in the order their instruments were made. */
export function withAccumulated(collected: CollectionResult, accumulated: readonly MetricData[]): CollectionResult {
  if (accumulated.length === 0) return collected;
  const { resourceMetrics, errors } = collected;
  const others = resourceMetrics.scopeMetrics.filter((entry) => !isOurs(entry));
  const ours = resourceMetrics.scopeMetrics.filter(isOurs);
  const merged: ScopeMetrics = {
    scope: ours[0]?.scope ?? { ...scope, schemaUrl: undefined },
    metrics: [...accumulated, ...ours.flatMap(({ metrics }) => metrics)],
  };
  return { resourceMetrics: { ...resourceMetrics, scopeMetrics: [merged, ...others] }, errors };
}

function isOurs({ scope: { name, version, schemaUrl } }: ScopeMetrics): boolean {
  return name === scope.name && version === scope.version && schemaUrl === undefined;
}
