/**
 * What stands beneath a span: how it failed, and on demand its attributes, events and links.
 */
import {
  ATTR_ERROR_TYPE,
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_STACKTRACE,
  ATTR_EXCEPTION_TYPE,
  EVENT_EXCEPTION,
} from '../conventions/attributes.js';
import { attributeTexts } from './attribute-text.js';
import type { DrawnEvent, DrawnLink, DrawnSpan, DrawnTime } from './drawn-span.js';
import { durationText } from './duration-text.js';
import { failureLines } from './failure-lines.js';
import { flow, type Piece } from './flow.js';
import type { Inks } from './ink.js';
import type { TreeNode } from './trace-tree.js';
import { visible } from './visible.js';

/** OpenTelemetry's `SpanKind` in words; the usual one, internal, isn't worth any. */
const kinds = ['', 'server', 'client', 'producer', 'consumer'] as const;

/** The lines beneath a span, none wider than `width`. */
export function spanDetails(node: TreeNode, width: number, attributes: boolean, inks: Inks): string[] {
  const { span, failed } = node;
  const lines = failed ? failureOf(span, width, inks) : [];
  if (!attributes) return lines;
  lines.push(...quietly(attributePieces(span), width, inks));
  for (const event of span.events ?? []) {
    // The exception of a failed span was told above.
    if (!failed || event.name !== EVENT_EXCEPTION) lines.push(...quietly(eventPieces(event, span), width, inks));
  }
  for (const link of span.links ?? []) lines.push(...quietly(linkPieces(link), width, inks));
  return lines;
}

function failureOf(span: DrawnSpan, width: number, inks: Inks): string[] {
  // Of several exceptions the last one is the one that ended the span.
  const exception = span.events?.findLast((event) => event.name === EVENT_EXCEPTION)?.attributes;
  const type = span.attributes?.[ATTR_ERROR_TYPE] ?? exception?.[ATTR_EXCEPTION_TYPE];
  const message = exception?.[ATTR_EXCEPTION_MESSAGE] ?? span.status?.message;
  return failureLines({ type, message, stack: exception?.[ATTR_EXCEPTION_STACKTRACE] }, width, inks);
}

function attributePieces(span: DrawnSpan): string[] {
  const kind = kinds[span.kind ?? 0] ?? '';
  const texts = attributeTexts(span.attributes);
  return kind === '' ? texts : [kind, ...texts];
}

function eventPieces(event: DrawnEvent, span: DrawnSpan): string[] {
  const after = secondsBetween(span.startTime, event.time);
  const name = `• ${visible(event.name)}`;
  // A stack of many lines is no attribute to be read here.
  const { [ATTR_EXCEPTION_STACKTRACE]: _stack, ...rest } = event.attributes ?? {};
  return [after === undefined ? name : `${name} after ${durationText(after)}`, ...attributeTexts(rest)];
}

function linkPieces({ context, attributes }: DrawnLink): string[] {
  const to = `→ trace ${visible(context.traceId)} span ${visible(context.spanId)}`;
  return [to, ...attributeTexts(attributes)];
}

function quietly(texts: readonly string[], width: number, inks: Inks): string[] {
  return flow(
    texts.map((text): Piece => ({ text, ink: inks.quiet })),
    width,
  );
}

function secondsBetween(start: DrawnTime | undefined, end: DrawnTime | undefined): number | undefined {
  if (start === undefined || end === undefined) return undefined;
  const seconds = end[0] - start[0] + (end[1] - start[1]) / 1e9;
  return Number.isNaN(seconds) ? undefined : seconds;
}
