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

/**
 * Whether both say the same of some traces: another version of the SDK may go by another rule. Of a very small share, or of a
 * very large one, any rule says the same of most traces, so those at its edge are asked about, too.
 */
function isSameShare({ below }: TraceShare, sampler: Sampler): boolean {
  const ids = new SpanIds(randomIdSeed());
  const isTaken = (id: string): boolean =>
    sampler.shouldSample(ROOT_CONTEXT, id, '', SpanKind.INTERNAL, {}, []).decision ===
    SamplingDecision.RECORD_AND_SAMPLED;
  return Array.from({ length: 50 }, () => ids.take()).every((root) => {
    const id = ids.traceId(root);
    const folded = ids.folded(root);
    const atEdge = (fold: number): string => id.slice(0, 24) + changed(id.slice(24), folded ^ fold);
    return (
      isTaken(id) === folded < below &&
      (below === 0 || isTaken(atEdge(below - 1))) &&
      (below === 2 ** 32 || !isTaken(atEdge(below)))
    );
  });
}

/** A word of hex with some bits the other way round. */
function changed(word: string, bits: number): string {
  return ((Number.parseInt(word, 16) ^ bits) >>> 0).toString(16).padStart(8, '0');
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
