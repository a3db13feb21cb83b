/**
 * Holds a span while it runs. Advice says when it starts, what it carries and how it ends; how that becomes an
 * OpenTelemetry span is settled in this room alone, so that what is inside can be replaced.
 */
import type { Attributes, Context, Link, SpanKind } from '@opentelemetry/api';
import type { StandingContext, Work } from './surroundings.js';

/** What the spans of one place in the program have in common, known before the first. */
export interface SpanSite {
  readonly kind: SpanKind;
  /** Those that every span of the site starts with, and no others unless it is given some. They are not changed. */
  readonly attributes: Attributes;
  /** The names of those it may be given as it starts. */
  readonly more: readonly string[];
  /** Characters that the texts among all of these have at most; left out where that is not seen to. */
  readonly longest?: number;
}

/** A span that is running. */
export interface Recording {
  /** Runs `work` with this span as the active one. */
  activate(work: Work): void;
  /** The Context that is active then; `undefined` where that is the one that is active already. */
  readonly context: Context | undefined;
  /** Whether anything is held of it: where not, nothing needs to be read for it. */
  isRecording(): boolean;
  set(attributes: Attributes): void;
  rename(name: string): void;
  /** Status ERROR, `error.type` and an exception event for what was thrown; `at` is `performance.now()`. */
  fail(thrown: unknown, at: number): void;
  /** Ends the span; `endedAt` is `performance.now()`. */
  finish(endedAt: number): void;
  /** It runs on after what it is of has returned. */
  lasts(): void;
  /** There was nothing to tell after all: it ends, and goes to nobody. */
  discard(): void;
}

/** Starts the spans of one site. */
export interface SiteRecorder {
  /**
   * What takes the place of a span in `parent` where none would be held, whatever it was to carry. `undefined` where one
   * would, or that is not known before it starts.
   */
  unheld(parent: Context): Recording | undefined;
  /** What takes the place of one where there is no room to hold it, wherever it was to be. `undefined` where there is room. */
  refused(parent: Context): Recording | undefined;
  /**
   * A span below the one in `parent`, which started at `startedAt` (`performance.now()`). `attributes` are all it starts with,
   * those of the site too, and are the span's own from here on; left out, it starts with those of the site.
   */
  start(
    name: string,
    parent: Context,
    startedAt: number,
    attributes: Attributes | undefined,
    links: Link[] | undefined,
  ): Recording;
}

export interface Recorder {
  /** The Context that is active now. */
  active(): Context;
  /** Where the active Context stands; a recording's may be put there in place of `activate`. `undefined` where it can't. */
  readonly standing: StandingContext | undefined;
  at(site: SpanSite): SiteRecorder;
}
