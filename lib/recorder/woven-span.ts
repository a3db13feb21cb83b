/**
 * The span of a woven call: what advice holds, the API's `Span`, the `Context` it makes current, and the SDK's
 * `ReadableSpan`, in one object. Writing to it goes by the rules of the SDK's span, to the words of its warnings.
 */
import {
  type Attributes,
  type AttributeValue,
  type Context,
  diag,
  type Exception,
  type HrTime,
  type Link,
  type Span,
  type SpanStatus,
  type TimeInput,
} from '@opentelemetry/api';
import { hrTimeDuration, isAttributeValue, isTimeInput } from '@opentelemetry/core';
import { EVENT_EXCEPTION } from '../conventions/attributes.js';
import { messageOf } from '../faults/report.js';
import { cut, cutName, shortList } from './bounded-values.js';
import { type Anchor, anchorAt, clockNow, timeAt, timeOf } from './clock.js';
import { endUnsampled } from './discarded.js';
import { warnOfEnding, warnOfWriting } from './ended-span.js';
import { inheriting } from './inheriting.js';
import type { LocalTrace } from './local-trace.js';
import { ReadableWovenSpan, running } from './readable-woven-span.js';
import { recordedException } from './recorded-exception.js';
import { recordFailure } from './recorded-failure.js';
import type { Recording } from './recorder.js';
import { type Crew, leave } from './running-spans.js';
import { SpanDetails } from './span-details.js';
import type { PlacedSite } from './span-scene.js';
import type { Work } from './surroundings.js';
import { tellDecision } from './told-decision.js';
import type { Above } from './woven-context.js';

/** What is declared here, `inheriting` and the constructor see to. */
export interface WovenSpan extends ReadableWovenSpan {}

// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: see the interface
export class WovenSpan implements Span, Recording {
  declare readonly base: Context;
  declare readonly trace: LocalTrace;
  /** That of another, once that one stands for it. */
  declare ordinal: number;
  declare readonly site: PlacedSite;
  declare readonly anchor: Anchor;
  declare readonly startedAt: number;
  /** Its place among those that run. */
  declare private crew: Crew | undefined;

  constructor(
    base: Context,
    trace: LocalTrace,
    ordinal: number,
    above: Above,
    site: PlacedSite,
    name: string,
    startedAt: number,
    attributes: Attributes,
  ) {
    this.base = base;
    this.trace = trace;
    this.ordinal = ordinal;
    this.asked = undefined;
    this.name = name;
    this.site = site;
    this.above = above;
    this.anchor = anchorAt(startedAt);
    this.startedAt = startedAt;
    this.endedAt = running;
    this.held = attributes;
    this.count = -1;
    this.dropped = 0;
    this.details = undefined;
    this.crew = undefined;
  }

  activate(work: Work): void {
    this.site.scene.surroundings.run(this, work);
  }

  set(attributes: Attributes): void {
    this.setAttributes(attributes);
  }

  rename(name: string): void {
    this.updateName(name);
  }

  fail(thrown: unknown, at: number): void {
    recordFailure(this, thrown, timeAt(at, this.anchor.ms));
  }

  finish(endedAt: number): void {
    const { sink } = this.site.scene;
    if (this.ended || endedAt < this.startedAt || sink.hearsEnding) return this.end(timeAt(endedAt, this.anchor.ms));
    this.details?.tellDropped();
    this.endedAt = endedAt;
    if (this.crew !== undefined) leave(this.crew);
    const { keeping } = this.trace;
    if (keeping === undefined) sink.onEnd(this);
    else keeping.ended(this);
  }

  lasts(): void {
    // The program may have ended it itself, and then nobody gives the place back.
    if (this.endedAt === running) this.crew ??= this.site.running.start();
  }

  discard(): void {
    if (this.ended) return;
    this.endedAt = clockNow();
    if (this.crew !== undefined) leave(this.crew);
    this.trace.keeping?.discarded(this.trace);
    endUnsampled(this, this.site.scene.sink);
  }

  /** Another span stands for it: what starts below it from now on is below that one. */
  standsBehind(other: WovenSpan): void {
    endUnsampled(this, this.site.scene.sink);
    this.ordinal = other.ordinal;
    this.asked = undefined;
  }

  /** A span has started below it. */
  leadsOn(): void {
    this.details ??= new SpanDetails();
  }

  isRecording(): boolean {
    return !this.ended;
  }

  setAttribute(key: string, value: AttributeValue | undefined): this {
    if (value === undefined || value === null || this.#isOver()) return this;
    if (key.length === 0) {
      diag.warn(`Invalid attribute key: ${key}`);
      return this;
    }
    const short = shortList(value);
    if (isAttributeValue(short)) this.#keep(cutName(key), short);
    else diag.warn(`Invalid attribute value set for key: ${key}`);
    return this;
  }

  setAttributes(attributes: Attributes): this {
    for (const key in attributes) if (Object.hasOwn(attributes, key)) this.setAttribute(key, attributes[key]);
    return this;
  }

  addEvent(name: string, attributesOrTime?: Attributes | TimeInput, time?: TimeInput): this {
    if (this.#isOver()) return this;
    const { bounds } = this.site.scene;
    if (!isTimeInput(attributesOrTime)) {
      this.#more().addEvent(name, attributesOrTime, timeOf(time, this.anchor), bounds);
      return this;
    }
    const at = isTimeInput(time) ? time : attributesOrTime;
    this.#more().addEvent(name, undefined, timeOf(at, this.anchor), bounds);
    return this;
  }

  addLink(link: Link): this {
    if (!this.#isOver()) this.#more().addLink(link, this.site.scene.bounds);
    return this;
  }

  addLinks(links: Link[]): this {
    for (const link of links) this.addLink(link);
    return this;
  }

  setStatus(status: SpanStatus): this {
    if (!this.#isOver()) this.#more().setStatus(status);
    return this;
  }

  updateName(name: string): this {
    if (!this.#isOver()) this.name = cutName(name);
    return this;
  }

  recordException(exception: Exception, time?: TimeInput): void {
    const attributes = recordedException(exception);
    if (attributes === undefined) diag.warn(`Failed to record an exception ${messageOf(exception)}`);
    else this.addEvent(EVENT_EXCEPTION, attributes, time);
  }

  end(endTime?: TimeInput): void {
    if (this.#isOver()) return warnOfEnding(this);
    const { sink } = this.site.scene;
    this.#endAt(timeOf(endTime, this.anchor));
    // It can still be written to, as the SDK's span can.
    if (sink.hearsEnding) sink.onEnding(this);
    this.endedAt = clockNow();
    if (this.crew !== undefined) leave(this.crew);
    const { keeping } = this.trace;
    if (keeping === undefined) sink.onEnd(this);
    else keeping.ended(this);
  }

  decided(): void {
    const { sink } = this.site.scene;
    const { sampled, undecided } = this.trace;
    if (undecided !== undefined) tellDecision(this, undecided);
    // Who heard of its start hears of its end, also where it is not for exporting.
    if (sampled || sink.hearsStart) sink.onEnd(this);
  }

  #endAt(given: HrTime): void {
    const { startTime } = this;
    const details = this.#more();
    details.endTime = given;
    if (hrTimeDuration(startTime, given)[0] < 0) {
      const sentence = 'Inconsistent start and end time, startTime > endTime. Setting span duration to 0ms.';
      diag.warn(sentence, startTime, given);
      details.endTime = startTime;
    }
    details.tellDropped();
  }

  #more(): SpanDetails {
    this.details ??= new SpanDetails();
    return this.details;
  }

  #keep(key: string, value: AttributeValue): void {
    const { attributeCountLimit, attributeValueLengthLimit } = this.site.scene.bounds;
    const { attributes } = this;
    if (this.count < 0) this.count = Object.keys(attributes).length;
    if (!Object.hasOwn(attributes, key)) {
      if (this.count >= attributeCountLimit) {
        this.dropped += 1;
        return;
      }
      this.count += 1;
    }
    attributes[key] = cut(value, attributeValueLengthLimit);
  }

  #isOver(): boolean {
    if (this.ended) warnOfWriting(this);
    return this.ended;
  }
}

// Not in a static block: bundlers give a class that names itself in one another name.
inheriting(WovenSpan, ReadableWovenSpan);
