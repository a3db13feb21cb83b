/**
 * Starts woven spans: finds what is beneath one, has it decided whether it is recorded, and makes it.
 */
import { type Attributes, type Context, type Link, ROOT_CONTEXT, SamplingDecision } from '@opentelemetry/api';
import { sanitizeAttributes } from '@opentelemetry/core';
import type { Sampler } from '@opentelemetry/sdk-trace-base';
import { LocalTrace } from './local-trace.js';
import { decided, type Place, placeBelow, placeIn } from './place.js';
import type { Recorder, Recording, SiteRecorder, SpanSite } from './recorder.js';
import type { Refusals } from './refusals.js';
import type { SamplingRule, TraceShare } from './sampling-rule.js';
import type { SpanIds } from './span-ids.js';
import { PlacedSite, type SpanScene } from './span-scene.js';
import { isSuppressed, silence, silenceIn } from './suppressed.js';
import type { TraceKeeping } from './trace-keeping.js';
import { UnrecordedSpan } from './unrecorded-span.js';
import { type Above, WovenContext } from './woven-context.js';
import { WovenSpan } from './woven-span.js';

/** What a telemetry's spans are made with. */
export interface SpanMaking {
  readonly scene: SpanScene;
  readonly sampling: SamplingRule;
  readonly ids: SpanIds;
  readonly refusals: Refusals;
  /** Decides about a trace at its end; left out, the sampling rule alone does, as a span starts. */
  readonly keeping?: TraceKeeping | undefined;
}

/** A recorder of spans of our own, which are ordinary ones to everybody else. */
export function wovenRecorder(making: SpanMaking): Recorder {
  const { surroundings } = making.scene;
  return {
    active: () => surroundings.active(),
    standing: surroundings.standing,
    at: (site) => new WovenSite(site, making),
  };
}

/** It is also what the spans of the site have in common: one object to be fetched where a program has many sites. */
class WovenSite extends PlacedSite implements SiteRecorder {
  readonly #making: SpanMaking;
  readonly #refusals: Refusals;

  constructor(site: SpanSite, making: SpanMaking) {
    super(site, making.scene);
    this.#making = making;
    this.#refusals = making.refusals;
  }

  unheld(parent: Context): Recording | undefined {
    const { sampling } = this.#making;
    const { scene } = this;
    if (parent instanceof WovenContext) {
      const { base, trace } = parent;
      if (trace.isRecorded) return this.#instead(parent);
      if (trace.isRefused) return this.#refusals.in(parent, scene.surroundings);
      if (!(sampling.followsParent || sampling.otherwise === false)) return this.#instead(parent);
      return new UnrecordedSpan(base, trace, trace.ids.take(), scene.surroundings);
    }
    if (isSuppressed(parent)) return silence;
    if (parent !== ROOT_CONTEXT || sampling.otherwise !== false) return this.#instead(parent);
    const trace = this.#newTrace(false);
    return new UnrecordedSpan(parent, trace, trace.root, scene.surroundings);
  }

  refused(parent: Context): Recording | undefined {
    return isSuppressed(parent) ? undefined : this.#instead(parent);
  }

  start(
    name: string,
    parent: Context,
    startedAt: number,
    attributes: Attributes | undefined,
    links: Link[] | undefined,
  ): Recording {
    const { sampling } = this.#making;
    const { scene } = this;
    // First what most spans are: below a woven one, or below nothing.
    if (parent instanceof WovenContext) {
      const { base, trace, ordinal } = parent;
      const refused = trace.isRefused ? this.#refusals.in(parent, scene.surroundings) : this.#instead(parent);
      if (refused !== undefined) return refused;
      if (!sampling.followsParent)
        return this.#placed(placeBelow(parent, base), name, parent, startedAt, attributes, links);
      if (this.#making.keeping?.collapses === true && parent instanceof WovenSpan) parent.leadsOn();
      const own = trace.ids.take();
      if (!trace.isRecorded) return new UnrecordedSpan(base, trace, own, scene.surroundings);
      return this.#begun(base, trace, own, ordinal, name, parent, startedAt, attributes, links);
    }
    if (isSuppressed(parent)) return silenceIn(parent, scene.surroundings);
    const refused = this.#instead(parent);
    if (refused !== undefined) return refused;
    if (parent === ROOT_CONTEXT && (typeof sampling.otherwise === 'boolean' || isShare(sampling.otherwise))) {
      const trace = this.#newTrace(sampling.otherwise);
      if (!trace.isRecorded) return new UnrecordedSpan(parent, trace, trace.root, scene.surroundings);
      return this.#begun(parent, trace, trace.root, undefined, name, parent, startedAt, attributes, links);
    }
    const { ids, keeping } = this.#making;
    if (keeping === undefined) return this.#placed(placeIn(parent, ids), name, parent, startedAt, attributes, links);
    return this.#inTrace(placeIn(parent, ids, keeping.joinedBy), keeping, name, parent, startedAt, attributes, links);
  }

  /** What takes the place of a span for which there is no room. It is asked before each: so first, and here, what is known. */
  #instead(parent: Context): Recording | undefined {
    return this.running.tally.left > 0 ? undefined : this.#insteadOf(parent);
  }

  #insteadOf(parent: Context): Recording | undefined {
    return this.running.hasRoom() ? undefined : this.#refusals.in(parent, this.scene.surroundings);
  }

  #newTrace(rule: boolean | TraceShare): LocalTrace {
    const { ids, keeping } = this.#making;
    const trace = new LocalTrace(ids, ids.take(), undefined, rule === true, undefined);
    if (isShare(rule)) trace.isRecorded = trace.sampled = isWithin(rule, trace);
    keeping?.begins(trace, this);
    return trace;
  }

  #placed(
    place: Place,
    name: string,
    parent: Context,
    startedAt: number,
    attributes: Attributes | undefined,
    links: Link[] | undefined,
  ): Recording {
    const { sampling } = this.#making;
    const { scene } = this;
    const follows = (sampling.followsParent || place.trace.isRefused) && place.above !== undefined;
    const rule = follows ? place.trace.sampled : sampling.otherwise;
    const sampled = isShare(rule) ? isWithin(rule, place.trace) : rule;
    if (typeof sampled !== 'boolean') return this.#asked(sampled, place, name, parent, startedAt, attributes, links);
    const { base, trace, ordinal, above } =
      sampled === place.trace.sampled ? place : decided(place, sampled, place.trace.state);
    if (!trace.isRecorded) return new UnrecordedSpan(base, trace, ordinal, scene.surroundings);
    return this.#begun(base, trace, ordinal, above, name, parent, startedAt, attributes, links);
  }

  /** The same where traces are decided about at their end. */
  #inTrace(
    { base, trace, ordinal, above }: Place,
    keeping: TraceKeeping,
    name: string,
    parent: Context,
    startedAt: number,
    attributes: Attributes | undefined,
    links: Link[] | undefined,
  ): Recording {
    if (above === undefined) keeping.begins(trace, this);
    else if (typeof above !== 'number') {
      if (trace.root === ordinal) keeping.follows(trace);
      else if (above.isRemote === true) keeping.joins(trace);
    }
    if (!trace.isRecorded) return new UnrecordedSpan(base, trace, ordinal, this.scene.surroundings);
    return this.#begun(base, trace, ordinal, above, name, parent, startedAt, attributes, links);
  }

  #begun(
    base: Context,
    trace: LocalTrace,
    ordinal: number,
    above: Above,
    name: string,
    parent: Context,
    startedAt: number,
    attributes: Attributes | undefined,
    links: Link[] | undefined,
  ): WovenSpan {
    const given = attributes ?? this.attributes;
    const held = this.isWithinBounds ? given : {};
    const span = new WovenSpan(base, trace, ordinal, above, this, name, startedAt, held);
    if (!this.isWithinBounds) span.setAttributes(sanitizeAttributes(given));
    // Not before: at the end of the stack any call may throw, and a span that never was would be waited for.
    trace.running += 1;
    if (links === undefined && !this.scene.sink.hearsStart) return span;
    return this.#started(span, parent, links);
  }

  #started(span: WovenSpan, parent: Context, links: Link[] | undefined): WovenSpan {
    const { sink } = this.scene;
    if (links !== undefined) span.addLinks(links);
    if (sink.hearsStart) sink.onStart(span, parent);
    return span;
  }

  /** The sampler wants to know all there is, and may add to it. */
  #asked(
    sampler: Sampler,
    place: Place,
    name: string,
    parent: Context,
    startedAt: number,
    attributes: Attributes | undefined,
    links: Link[] = [],
  ): Recording {
    const given = sanitizeAttributes(attributes ?? this.attributes);
    const shown = links.map(({ context, attributes }) => ({ context, attributes: sanitizeAttributes(attributes) }));
    const result = sampler.shouldSample(parent, place.trace.id, name, this.kind, given, shown);
    const isSampled = result.decision === SamplingDecision.RECORD_AND_SAMPLED;
    const state = result.traceState ?? place.trace.state;
    const { base, trace, ordinal, above } = decided(place, isSampled, state);
    if (result.decision === SamplingDecision.NOT_RECORD) {
      return new UnrecordedSpan(base, trace, ordinal, this.scene.surroundings);
    }
    const span = new WovenSpan(base, trace, ordinal, above, this, name, startedAt, {});
    span.setAttributes(sanitizeAttributes(Object.assign(given, result.attributes)));
    return this.#started(span, parent, links);
  }
}

function isShare(rule: boolean | TraceShare | Sampler): rule is TraceShare {
  return typeof rule === 'object' && 'below' in rule;
}

/** Whether a trace that began here is in the share. */
function isWithin({ below }: TraceShare, { ids, root }: LocalTrace): boolean {
  return ids.folded(root) < below;
}
