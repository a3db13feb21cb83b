/**
 * What the SDK made of the environment (`OTEL_TRACES_SAMPLER`, `OTEL_*_LIMIT`), so that woven spans are sampled and bounded as
 * all others are. The SDK has no way to ask for it: its tracer keeps both in fields that TypeScript calls private, and they
 * are taken from there with a look at what they are. Reading the variables a second time could come to another result.
 */
import type { Tracer } from '@opentelemetry/api';
import type { Sampler } from '@opentelemetry/sdk-trace-base';
import type { SpanBounds } from '../recorder/bounded-values.js';
import type { SamplingRule } from '../recorder/sampling-rule.js';

export interface SdkTracing {
  readonly sampling: SamplingRule;
  readonly bounds: SpanBounds;
}

/** `undefined` where this SDK keeps them elsewhere: its own spans are to be used then. */
export function sdkTracing(tracer: Tracer): SdkTracing | undefined {
  const { _sampler: sampler, _spanLimits: bounds } = tracer as { _sampler?: unknown; _spanLimits?: unknown };
  return isSampler(sampler) && areBounds(bounds) ? { sampling: ruleOf(sampler), bounds } : undefined;
}

const followingParents =
  /^ParentBased\{root=(.+), remoteParentSampled=AlwaysOnSampler, remoteParentNotSampled=AlwaysOffSampler, localParentSampled=AlwaysOnSampler, localParentNotSampled=AlwaysOffSampler\}$/;

/** The rule by the sampler's description, which the specification words (SDK, sampler, `GetDescription`). */
function ruleOf(sampler: Sampler): SamplingRule {
  const described = sampler.toString();
  const root = followingParents.exec(described)?.[1];
  return { followsParent: root !== undefined, otherwise: fixed[root ?? described] ?? sampler };
}

const fixed: Readonly<Record<string, boolean>> = { AlwaysOnSampler: true, AlwaysOffSampler: false };

function isSampler(given: unknown): given is Sampler {
  return typeof (given as { shouldSample?: unknown } | undefined)?.shouldSample === 'function';
}

const boundNames: readonly (keyof SpanBounds)[] = [
  'attributeCountLimit',
  'attributeValueLengthLimit',
  'eventCountLimit',
  'linkCountLimit',
  'attributePerEventCountLimit',
  'attributePerLinkCountLimit',
];

function areBounds(given: unknown): given is SpanBounds {
  const found = given as Readonly<Record<string, unknown>> | undefined;
  return found !== undefined && boundNames.every((name) => typeof found[name] === 'number');
}
