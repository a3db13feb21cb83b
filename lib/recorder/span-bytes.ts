/**
 * How many bytes of the heap an ended span holds, by estimate: what bounds by memory go by. It is asked in the program's own
 * calls, so it is some additions for most spans, and bounded work for any: of very many attributes, events or elements the first are looked
 * at and stand for the rest. For ordinary spans it is within a factor of two of what the heap says (`spec/recorder/span-bytes.spec.ts`).
 */
import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import type { ReadableWovenSpan } from './readable-woven-span.js';
import type { SpanDetails } from './span-details.js';

/** A woven span, the numbers in it, and its part of what the spans of a trace share: measured, as are those below. */
const wovenBytes = 280;
/** What is beside an object's values: its header, and room for more. */
const objectBytes = 96;
const slotBytes = 8;
/** A number that is no small integer. */
const numberBytes = 16;
const textBytes = 16;
const listBytes = 32;
/** A name that is no longer is mostly shared by many. */
const shortName = 64;
/** With its time and its list of attributes, and a name that is short. */
const eventBytes = 192;
const linkBytes = 240;
const detailsBytes = 192;
/** The SDK's span, with its context and its times. */
const sdkBytes = 1000;

/** So many of them are looked at. */
const keysSeen = 64;
const elementsSeen = 16;
const eventsSeen = 16;

export function spanBytes(span: ReadableSpan): number {
  // A woven one is told by a field, which is a third of what `instanceof` costs here.
  const { held, site, details, name } = span as Partial<ReadableWovenSpan>;
  if (held === undefined || site === undefined) return sdkSpanBytes(span);
  // Those of the site are shared by all of its spans.
  if (held === site.attributes && details === undefined) return wovenBytes + nameBytes(name);
  return nameBytes(name) + moreBytes(held === site.attributes ? undefined : held, details);
}

function moreBytes(own: Attributes | undefined, details: SpanDetails | undefined): number {
  const parts = details === undefined ? 0 : detailsBytes + partsBytes(details);
  return wovenBytes + attributesBytes(own) + parts;
}

function sdkSpanBytes(span: ReadableSpan): number {
  return sdkBytes + nameBytes(span.name) + attributesBytes(span.attributes) + partsBytes(span);
}

/** Of a name that somebody has made, and that may be of any length where the SDK has the span. */
function nameBytes(name: unknown): number {
  return typeof name === 'string' && name.length > shortName ? lettersBytes(name) : 0;
}

function partsBytes({
  events,
  links,
  status,
}: Pick<SpanDetails | ReadableSpan, 'events' | 'links'> & Partial<Pick<ReadableSpan, 'status'>>): number {
  const said = typeof status?.message === 'string' ? lettersBytes(status.message) : 0;
  if (events.length + links.length === 0) return said;
  let bytes = 0;
  const eventsLooked = Math.min(events.length, eventsSeen);
  for (let at = 0; at < eventsLooked; at += 1)
    bytes += nameBytes(events[at]?.name) + attributesBytes(events[at]?.attributes);
  if (eventsLooked < events.length) bytes *= events.length / eventsLooked;
  let linked = 0;
  const linksLooked = Math.min(links.length, eventsSeen);
  for (let at = 0; at < linksLooked; at += 1) linked += attributesBytes(links[at]?.attributes);
  if (linksLooked < links.length) linked *= links.length / linksLooked;
  return said + Math.round(bytes + linked) + events.length * eventBytes + links.length * linkBytes;
}

function attributesBytes(attributes: Attributes | undefined): number {
  if (attributes === undefined) return 0;
  let bytes = objectBytes;
  let seen = 0;
  for (const name in attributes) {
    // How many are left is not known: as many as were seen. The limits of a span bound them.
    if (seen >= keysSeen) return bytes * 2;
    bytes += slotBytes + valueBytes(attributes[name]);
    seen += 1;
  }
  return bytes;
}

function valueBytes(value: unknown): number {
  if (typeof value === 'string') return lettersBytes(value);
  if (typeof value === 'number') return numberBytes;
  if (!Array.isArray(value)) return 0;
  const looked = Math.min(value.length, elementsSeen);
  let bytes = 0;
  for (let at = 0; at < looked; at += 1) {
    const one: unknown = value[at];
    if (typeof one === 'string') bytes += lettersBytes(one);
  }
  if (looked < value.length) bytes = Math.round((bytes * value.length) / looked);
  return bytes + listBytes + value.length * slotBytes;
}

/** One byte a character, or two where one of them needs it; to find out would be to look at each. */
function lettersBytes({ length }: string): number {
  return textBytes + length + (length >> 1);
}
