/**
 * What all woven spans of a running telemetry share: where they go, whom they are from, how much they may hold.
 */
import type { Attributes, Context, SpanKind } from '@opentelemetry/api';
import type { ReadableSpan, Span } from '@opentelemetry/sdk-trace-base';
import { ATTR_CODE_FUNCTION_NAME } from '../conventions/attributes.js';
import type { SpanBounds } from './bounded-values.js';
import type { SpanSite } from './recorder.js';
import { RunningAtSite, type RunningSpans } from './running-spans.js';
import type { Surroundings } from './surroundings.js';

/** Who is told of spans. What it throws is its own affair: it throws nothing. */
export interface SpanSink {
  /** Whether anybody listens to `onStart`; most do not, and then it is not called. */
  readonly hearsStart: boolean;
  /** The same for `onEnding`. */
  readonly hearsEnding: boolean;
  onStart(span: Span, parent: Context): void;
  onEnding(span: Span): void;
  onEnd(span: ReadableSpan): void;
}

export interface SpanScene {
  readonly resource: ReadableSpan['resource'];
  readonly scope: ReadableSpan['instrumentationScope'];
  readonly bounds: SpanBounds;
  readonly sink: SpanSink;
  readonly surroundings: Surroundings;
  readonly running: RunningSpans;
}

/** A site within a scene. */
export class PlacedSite {
  readonly scene: SpanScene;
  readonly kind: SpanKind;
  /** Shared by the spans of the site until one of them is given another. */
  readonly attributes: Attributes;
  /** Whether what a span starts with needs no look at the limits: it can't be too many, no text is too long, no name odd. */
  readonly isWithinBounds: boolean;
  /** Its spans that run. */
  readonly running: RunningAtSite;

  constructor({ kind, attributes, more, longest = Infinity }: SpanSite, scene: SpanScene) {
    const { attributeCountLimit, attributeValueLengthLimit } = scene.bounds;
    const names = [...Object.keys(attributes), ...more];
    this.scene = scene;
    this.running = new RunningAtSite(scene.running, String(attributes[ATTR_CODE_FUNCTION_NAME] ?? ''));
    this.kind = kind;
    this.attributes = attributes;
    this.isWithinBounds =
      names.length <= attributeCountLimit &&
      longest <= attributeValueLengthLimit &&
      !names.some((name) => name === '' || name === '__proto__');
  }
}
