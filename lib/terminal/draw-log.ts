/**
 * Draws one log record as a line: when, how grave, what, and the attributes; an error and its place on a line beneath.
 * What doesn't fit goes on beneath the body. It returns text and writes nowhere.
 */
import { ATTR_EXCEPTION_MESSAGE, ATTR_EXCEPTION_STACKTRACE, ATTR_EXCEPTION_TYPE } from '../conventions/attributes.js';
import { attributeTexts, bodyText } from './attribute-text.js';
import type { Canvas } from './canvas.js';
import type { DrawnLog } from './drawn-log.js';
import type { DrawnTime } from './drawn-span.js';
import { failureLines } from './failure-lines.js';
import { flow, type Piece } from './flow.js';
import { inksFor } from './ink.js';
import { prose } from './prose.js';
import { severityOf } from './severity.js';
import { padded, truncate } from './text-width.js';
import { visible } from './visible.js';

/** `12:34:56.789 ERROR `. */
const timeWidth = 12;
const severityWidth = 5;
const indent = timeWidth + severityWidth + 2;

/** Of a long body, what fits on this many lines. */
const bodyLines = 8;

/** Enough of a trace id to find the trace it belongs to among those on the screen. */
const traceIdShown = 8;

/** The record's line, without a line end. */
export function drawLog(record: DrawnLog, canvas: Canvas): string {
  const inks = inksFor(canvas);
  const width = canvas.width - indent;
  const { word, ink } = severityOf(record.severityNumber, record.severityText, inks);
  const {
    [ATTR_EXCEPTION_TYPE]: type,
    [ATTR_EXCEPTION_MESSAGE]: message,
    [ATTR_EXCEPTION_STACKTRACE]: stack,
    ...attributes
  } = record.attributes ?? {};
  const pieces: Piece[] = prose(wordsOf(record), width, bodyLines, inks.plain);
  for (const text of attributeTexts(attributes)) pieces.push({ text, ink: inks.quiet });
  const { traceId = '' } = record.spanContext ?? {};
  if (!/^0*$/.test(traceId)) pieces.push({ text: visible(traceId.slice(0, traceIdShown)), ink: inks.quiet });
  const [first = '', ...rest] = [...flow(pieces, width), ...failureLines({ type, message, stack }, width, inks)];
  const cut = truncate(word, severityWidth);
  const severity = ink(first === '' ? cut : padded(cut, severityWidth));
  const start = [inks.quiet(timeText(record)), severity, first].filter((part) => part !== '').join(' ');
  return [start, ...rest.map((line) => ' '.repeat(indent) + line)].join('\n');
}

/** An event without a body is told by its name. */
function wordsOf({ body, eventName }: DrawnLog): string {
  const missing = body === undefined || body === null || body === '';
  if (!missing) return bodyText(body);
  return eventName === undefined ? '' : visible(eventName);
}

/** Local time, as the reader's clock shows it. */
function timeText({ hrTime, hrTimeObserved }: DrawnLog): string {
  const time = isSet(hrTime) ? hrTime : hrTimeObserved;
  const date = isSet(time) ? new Date(time[0] * 1_000 + Math.floor(time[1] / 1e6)) : undefined;
  if (date === undefined || Number.isNaN(date.getTime())) return '--:--:--.---';
  const two = (part: number): string => String(part).padStart(2, '0');
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${clock}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** Zero is what the SDK writes for a time nobody gave. */
function isSet(time: DrawnTime | undefined): time is DrawnTime {
  return Array.isArray(time) && (time[0] !== 0 || time[1] !== 0);
}
