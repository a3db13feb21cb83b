/**
 * Starts woven spans: finds what is beneath one, has it decided whether it is recorded, and makes it.
 */
import { type Attributes, type Context, type Link, SamplingDecision } from '@opentelemetry/api';
import { sanitizeAttributes } from '@opentelemetry/core';
import type { Sampler } from '@opentelemetry/sdk-trace-base';
import { decided, placeIn } from './place.js';
import type { Recorder, Recording, SiteRecorder, SpanSite } from './recorder.js';
import type { SamplingRule } from './sampling-rule.js';
import type { SpanIds } from './span-ids.js';
import { PlacedSite, type SpanScene } from './span-scene.js';
import { isSuppressed, silenceIn } from './suppressed.js';
import { UnrecordedSpan } from './unrecorded-span.js';
import type { Place } from './woven-context.js';
import { WovenSpan } from './woven-span.js';

/** What a telemetry's spans are made with. */
export interface SpanMaking {
  readonly scene: SpanScene;
  readonly sampling: SamplingRule;
  readonly ids: SpanIds;
}

/** A recorder of spans of our own, which are ordinary ones to everybody else. */
export function wovenRecorder(making: SpanMaking): Recorder {
  const { surroundings } = making.scene;
  return {
    active: () => surroundings.active(),
    at: (site) => new WovenSite(site, making),
  };
}

class WovenSite implements SiteRecorder {
  readonly #site: PlacedSite;
  readonly #making: SpanMaking;

  constructor(site: SpanSite, making: SpanMaking) {
    this.#site = new PlacedSite(site, making.scene);
    this.#making = making;
  }

  start(
    name: string,
    parent: Context,
    startedAt: number,
    attributes: Attributes | undefined,
    links: Link[] | undefined,
  ): Recording {
    const { sampling, ids, scene } = this.#making;
    // Of a woven Context it is known.
    if (isSuppressed(parent)) return silenceIn(parent, scene.surroundings);
    const place = placeIn(parent, ids);
    const { above } = place;
    const sampled = above === undefined || !sampling.followsParent ? sampling.otherwise : place.trace.sampled;
    if (typeof sampled !== 'boolean') return this.#asked(sampled, place, name, parent, startedAt, attributes, links);
    const placed = sampled === place.trace.sampled ? place : decided(place, sampled, place.trace.state);
    if (!sampled) return new UnrecordedSpan(placed, scene.surroundings);
    const site = this.#site;
    const given = attributes ?? site.attributes;
    const span = new WovenSpan(placed, site, name, startedAt, site.isWithinBounds ? given : {});
    if (!site.isWithinBounds) span.setAttributes(sanitizeAttributes(given));
    return this.#started(span, parent, links);
  }

  #started(span: WovenSpan, parent: Context, links: Link[] | undefined): WovenSpan {
    const { sink } = this.#making.scene;
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
    const site = this.#site;
    const given = sanitizeAttributes(attributes ?? site.attributes);
    const shown = links.map(({ context, attributes }) => ({ context, attributes: sanitizeAttributes(attributes) }));
    const result = sampler.shouldSample(parent, place.trace.id, name, site.kind, given, shown);
    const isSampled = result.decision === SamplingDecision.RECORD_AND_SAMPLED;
    const placed = decided(place, isSampled, result.traceState ?? place.trace.state);
    if (result.decision === SamplingDecision.NOT_RECORD) return new UnrecordedSpan(placed, site.scene.surroundings);
    const span = new WovenSpan(placed, site, name, startedAt, {});
    span.setAttributes(sanitizeAttributes(Object.assign(given, result.attributes)));
    return this.#started(span, parent, links);
  }
}
