/**
 * What few spans have: a status, events, links, and more than the limits let them keep. By the rules of the SDK's span, of
 * which a reader could otherwise tell a woven one.
 */
import {
  type Attributes,
  diag,
  type HrTime,
  type Link,
  type SpanContext,
  type SpanStatus,
  SpanStatusCode,
} from '@opentelemetry/api';
import { cutText, longestText } from '../conventions/bounded-text.js';
import { type BoundedAttributes, boundedAttributes, cutName, type SpanBounds } from './bounded-values.js';

/** An event as the SDK's exporters read it. */
export interface SpanEvent {
  readonly name: string;
  readonly attributes: Attributes;
  readonly time: HrTime;
  readonly droppedAttributesCount: number;
}

/** A link as the SDK's exporters read it. */
interface SpanLink {
  readonly context: SpanContext;
  attributes?: Attributes;
  droppedAttributesCount?: number;
}

export class SpanDetails {
  status: SpanStatus = { code: SpanStatusCode.UNSET };
  readonly events: SpanEvent[] = [];
  readonly links: SpanLink[] = [];
  droppedAttributes = 0;
  droppedEvents = 0;
  droppedLinks = 0;
  /** Where the program itself said when the span ended. */
  endTime: HrTime | undefined = undefined;

  addEvent(name: string, given: Attributes | undefined, time: HrTime, bounds: SpanBounds): void {
    const { eventCountLimit, attributePerEventCountLimit, attributeValueLengthLimit } = bounds;
    if (eventCountLimit === 0) {
      diag.warn('No events allowed.');
      this.droppedEvents += 1;
      return;
    }
    if (this.events.length >= eventCountLimit) {
      if (this.droppedEvents === 0) diag.debug('Dropping extra events.');
      this.events.shift();
      this.droppedEvents += 1;
    }
    const { attributes, dropped } = boundedAttributes(given, attributePerEventCountLimit, attributeValueLengthLimit);
    this.events.push({ name: cutName(name), attributes, time, droppedAttributesCount: dropped });
  }

  addLink({ context, attributes: given }: Link, bounds: SpanBounds): void {
    const { linkCountLimit, attributePerLinkCountLimit, attributeValueLengthLimit } = bounds;
    if (linkCountLimit === 0) {
      this.droppedLinks += 1;
      return;
    }
    if (this.links.length >= linkCountLimit) {
      if (this.droppedLinks === 0) diag.debug('Dropping extra links.');
      this.links.shift();
      this.droppedLinks += 1;
    }
    const bounded = boundedAttributes(given, attributePerLinkCountLimit, attributeValueLengthLimit);
    this.links.push(linkOf(context, bounded));
  }

  /** OK is final, UNSET says nothing, and only an ERROR has a message. */
  setStatus({ code, message }: SpanStatus): void {
    if (code === SpanStatusCode.UNSET || this.status.code === SpanStatusCode.OK) return;
    const status: SpanStatus = { code };
    if (code === SpanStatusCode.ERROR) {
      // What is caught is often put here as it is.
      const given: unknown = message;
      if (typeof given === 'string') status.message = cutText(given, longestText);
      else if (given !== undefined && given !== null)
        diag.warn(`Dropping invalid status.message of type '${typeof given}', expected 'string'`);
    }
    this.status = status;
  }

  /** Tells of what the limits cost, as the span ends. */
  tellDropped(): void {
    if (this.droppedEvents > 0) diag.warn(`Dropped ${this.droppedEvents} events because eventCountLimit reached`);
    if (this.droppedLinks > 0) diag.warn(`Dropped ${this.droppedLinks} links because linkCountLimit reached`);
  }
}

function linkOf(context: SpanContext, { attributes, dropped }: BoundedAttributes): SpanLink {
  const link: SpanLink = { context };
  for (const _ in attributes) {
    link.attributes = attributes;
    break;
  }
  if (dropped > 0) link.droppedAttributesCount = dropped;
  return link;
}
