/**
 * The traces side of the pipeline: the SDK's provider, which is registered for spans made by hand and by other
 * instrumentations, and the recorder of woven spans, which are our own. Both are told to the same processors, sampled and bounded
 * alike.
 */
import type { Resource } from '@opentelemetry/resources';
import type { IdGenerator } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { scope } from '../conventions/scope.js';
import type { Recorder } from '../recorder/recorder.js';
import { randomIdSeed, SpanIds } from '../recorder/span-ids.js';
import type { Surroundings } from '../recorder/surroundings.js';
import { TraceKeeping } from '../recorder/trace-keeping.js';
import { tracerRecorder } from '../recorder/tracer-recorder.js';
import { wovenRecorder } from '../recorder/woven-recorder.js';
import { ClockedTracerProvider } from './clocked-tracer-provider.js';
import type { InnerParts } from './inner-parts.js';
import { sdkTracing } from './sdk-tracing.js';
import type { SpanLimits } from './settings/resolve-limits.js';
import type { SpanProcessors } from './span-processors.js';

export interface Tracing {
  readonly provider: NodeTracerProvider;
  /** The recorder, once it is known where the active Context is kept. */
  recorderIn(surroundings: Surroundings): Recorder;
  /** Decides about the traces that are open as they are: no more of them will be told in time. */
  stop(): void;
}

export function tracingFor(
  resource: Resource,
  sink: SpanProcessors,
  { keeping, clock, ids }: InnerParts,
  spanLimits: SpanLimits,
): Tracing {
  const provider = new (clock === undefined ? NodeTracerProvider : ClockedTracerProvider)({
    resource,
    spanProcessors: [sink],
    spanLimits,
    ...(ids === undefined ? {} : { idGenerator: generatorOf(ids) }),
  });
  let traces: TraceKeeping | undefined;
  return {
    provider,
    stop: () => traces?.stop(),
    recorderIn(surroundings) {
      const tracer = provider.getTracer(scope.name, scope.version);
      const tracing = sdkTracing(tracer);
      if (tracing === undefined) return tracerRecorder(tracer);
      const { sampling, bounds } = tracing;
      if (keeping !== undefined && sampling.otherwise === true) traces = new TraceKeeping(keeping);
      return wovenRecorder({
        // The shape is that of the SDK's scopes, so that exporters group both as one.
        scene: { resource, scope: { ...scope, schemaUrl: undefined }, bounds, sink, surroundings },
        // A sampler that takes all, whatever is above, would take those below a span that is not decided about.
        sampling: traces === undefined ? sampling : { followsParent: true, otherwise: true },
        ids: ids ?? new SpanIds(randomIdSeed()),
        keeping: traces,
      });
    },
  };
}

/** The SDK's spans have ids of the same row. */
function generatorOf(ids: SpanIds): IdGenerator {
  return { generateTraceId: () => ids.traceId(ids.take()), generateSpanId: () => ids.spanId(ids.take()) };
}
