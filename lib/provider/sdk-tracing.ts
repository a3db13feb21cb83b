/**
 * What the SDK made of the environment (`OTEL_TRACES_SAMPLER`, `OTEL_*_LIMIT`), so that woven spans are sampled and bounded as
 * all others are. The SDK has no way to ask for it: its tracer keeps both in fields that TypeScript calls private, and they
 * are taken from there with a look at what they are. Reading the variables a second time could come to another result.
 */
import { ROOT_CONTEXT, SamplingDecision, SpanKind, type Tracer } from '@opentelemetry/api';
import type { Sampler } from '@opentelemetry/sdk-trace-base';
import type { SpanBounds } from '../recorder/bounded-values.js';
import type { SamplingRule, TraceShare } from '../recorder/sampling-rule.js';
import { randomIdSeed, SpanIds } from '../recorder/span-ids.js';

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
  const otherwise = fixed[root ?? described] ?? (root === undefined ? undefined : shareOf(root, sampler)) ?? sampler;
  return { followsParent: root !== undefined, otherwise };
}

/** The share of traces a sampler takes, where it does by their id as we can do it without one. */
function shareOf(described: string, sampler: Sampler): TraceShare | undefined {
  const ratio = Number(/^TraceIdRatioBased\{([\d.e-]+)\}$/.exec(described)?.[1]);
  if (Number.isNaN(ratio)) return undefined;
  const share = { below: ratio === 1 ? 2 ** 32 : Math.floor(ratio * 0xffffffff) };
  return isSameShare(share, sampler) ? share : undefined;
}

/** Whether both say the same of some traces: another version of the SDK may go by another rule. */
function isSameShare({ below }: TraceShare, sampler: Sampler): boolean {
  const ids = new SpanIds(randomIdSeed());
  return Array.from({ length: 100 }, () => ids.take()).every((root) => {
    const { decision } = sampler.shouldSample(ROOT_CONTEXT, ids.traceId(root), '', SpanKind.INTERNAL, {}, []);
    return (decision === SamplingDecision.RECORD_AND_SAMPLED) === ids.folded(root) < below;
  });
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
