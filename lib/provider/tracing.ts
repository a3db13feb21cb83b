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
import { Refusals } from '../recorder/refusals.js';
import type { RunningSpans } from '../recorder/running-spans.js';
import { randomIdSeed, SpanIds } from '../recorder/span-ids.js';
import type { Surroundings } from '../recorder/surroundings.js';
import type { TraceKeeping } from '../recorder/trace-keeping.js';
import { tracerRecorder } from '../recorder/tracer-recorder.js';
import { wovenRecorder } from '../recorder/woven-recorder.js';
import { ClockedTracerProvider } from './clocked-tracer-provider.js';
import type { InnerParts } from './inner-parts.js';
import { KeptSdkSpans } from './kept-sdk-spans.js';
import { sdkTracing } from './sdk-tracing.js';
import type { SpanLimits } from './settings/resolve-limits.js';
import type { SpanProcessors } from './span-processors.js';

export interface Tracing {
  readonly provider: NodeTracerProvider;
  /** What was not recorded for want of room. */
  readonly refusals: Refusals;
  /** The recorder, once it is known where the active Context is kept. */
  recorderIn(surroundings: Surroundings): Recorder;
}

/** What spans are kept, and how much each may hold. */
export interface SpanTerms {
  /** Decides about traces at their end; `undefined`: a sampler does, as spans start. */
  readonly keeping: TraceKeeping | undefined;
  readonly spanLimits: SpanLimits;
  /** Those that run, of which there is not to be any number. */
  readonly running: RunningSpans;
}

export function tracingFor(
  resource: Resource,
  sink: SpanProcessors,
  { keeping, spanLimits, running }: SpanTerms,
  { clock, ids = new SpanIds(randomIdSeed()), ids: given }: InnerParts,
): Tracing {
  const kept = keeping === undefined ? undefined : new KeptSdkSpans(keeping, ids, sink);
  const provider = new (clock === undefined ? NodeTracerProvider : ClockedTracerProvider)({
    resource,
    spanProcessors: [kept ?? sink],
    spanLimits,
    ...(given === undefined ? {} : { idGenerator: generatorOf(given) }),
    ...(kept === undefined ? {} : { sampler: kept }),
  });
  const refusals = new Refusals(ids);
  return {
    provider,
    refusals,
    recorderIn(surroundings) {
      const tracer = provider.getTracer(scope.name, scope.version);
      const tracing = sdkTracing(tracer);
      if (tracing === undefined) return tracerRecorder(tracer);
      const { sampling, bounds } = tracing;
      return wovenRecorder({
        // The shape is that of the SDK's scopes, so that exporters group both as one.
        scene: { resource, scope: { ...scope, schemaUrl: undefined }, bounds, sink, surroundings, running },
        // All are recorded until it is decided.
        sampling: keeping === undefined ? sampling : { followsParent: true, otherwise: true },
        ids,
        refusals,
        keeping,
      });
    },
  };
}

/** The SDK's spans have ids of the same row. */
function generatorOf(ids: SpanIds): IdGenerator {
  return { generateTraceId: () => ids.traceId(ids.take()), generateSpanId: () => ids.spanId(ids.take()) };
}
