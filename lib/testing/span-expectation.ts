/**
 * What a test expects of a span: plain data, of which only what is named is compared.
 */
import type { AsymmetricMatcher, Expected } from './expected.js';
import type { SpanKindWord, SpanStatusWord } from './recorded-span.js';

/** What is expected of attributes, by name. `undefined`: it must not be there. */
export type ExpectedAttributes = Readonly<Record<string, unknown>>;

/** An event of a span: of it, what is named is compared. */
export interface ExpectedEvent {
  readonly name?: Expected<string>;
  readonly attributes?: ExpectedAttributes;
}

/** A link of a span: of it, what is named is compared. */
export interface ExpectedLink {
  readonly traceId?: Expected<string>;
  readonly spanId?: Expected<string>;
  readonly attributes?: ExpectedAttributes;
}

/** A span: of it, what is named is compared. */
export interface ExpectedSpan {
  readonly name?: Expected<string>;
  readonly kind?: SpanKindWord | AsymmetricMatcher;
  readonly status?: SpanStatusWord | AsymmetricMatcher;
  readonly statusMessage?: Expected<string>;
  /** These, among others; with `exact`, these and no others. */
  readonly attributes?: ExpectedAttributes;
  /** These and no others, in this order. Left out: not compared. */
  readonly events?: readonly ExpectedEvent[];
  /** These and no others, in this order. */
  readonly links?: readonly ExpectedLink[];
  /** These and no others, in the order they started. */
  readonly children?: readonly ExpectedSpan[];
  /** It was not ended yet. Default: a span must have ended. */
  readonly running?: boolean;
  /** In milliseconds. */
  readonly durationMs?: Expected<number>;
  readonly traceId?: Expected<string>;
  readonly spanId?: Expected<string>;
  /**
   * Here and beneath: what is left out must be at its default (kind `internal`, status `unset`; no attributes, message, events,
   * links or children but those named). Default `false`.
   */
  readonly exact?: boolean;
}
