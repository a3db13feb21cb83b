/**
 * Which spans are recorded. The samplers of the specification come down to two questions, which need no ids, attributes or
 * Contexts to be made up for them; only what can't be said so is asked of a sampler.
 */
import type { Sampler } from '@opentelemetry/sdk-trace-base';

export interface SamplingRule {
  /** A span below another follows that one's decision. */
  readonly followsParent: boolean;
  /** For a span that follows none: all, none, a share, or as the sampler says. */
  readonly otherwise: boolean | TraceShare | Sampler;
}

/**
 * A share of the traces, told by their id as the SDK's `TraceIdRatioBasedSampler` tells it: the id's four words, folded into
 * one, must be below this. (It is not the specification's rule, which the SDK has not yet.)
 */
export interface TraceShare {
  readonly below: number;
}
