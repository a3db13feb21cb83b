/**
 * One series while the program runs: an attribute set, and what was added under it since any reader last collected.
 * Whoever holds a series adds to it without looking it up again.
 */
import type { Attributes } from '@opentelemetry/api';

/** What is accumulated: by a series while the program runs, and for each reader between its collections. */
export interface Cell<C> {
  /** Adds all of this one to another. */
  addTo(other: C): void;
  clear(): void;
}

/** What one reader has of one series. */
export interface Held<C> {
  readonly cell: C;
  /** Whether the series is among those the reader tells of; it is not where the reader's limit was reached. */
  claimed: boolean;
  /** When the reader's interval began, in milliseconds of the wall clock. */
  startMs: number;
  /** The reader's last collection that told of it. */
  toldIn: number;
}

/** Where a series belongs: told of the first addition after each collection. */
export interface Home<S> {
  activate(series: S): void;
}

export abstract class Series<C extends Cell<C>> {
  readonly key: string;
  readonly attributes: Attributes;
  /** False for the series of what is over the limit: what led to it may have one of its own another time. */
  readonly keep: boolean;
  readonly window: C;
  /** Whether its home knows that something was added since the last collection. */
  active = false;
  /** Whether it counts among the series of the process. */
  counted = false;
  /** By the place of the reader. */
  readonly held: (Held<C> | undefined)[] = [];

  constructor(key: string, attributes: Attributes, keep: boolean, window: C) {
    this.key = key;
    this.attributes = attributes;
    this.keep = keep;
    this.window = window;
  }
}

/** The attributes of the series that takes what is over a limit (OpenTelemetry metrics SDK, cardinality limits). */
export const overflowAttributes: Attributes = Object.freeze({ 'otel.metric.overflow': true });

/** Equal for equal attribute sets, in whatever order they are written; as the SDK tells them apart. */
export function seriesKey(attributes: Attributes): string {
  const names = Object.keys(attributes).sort();
  return names.length === 0 ? '' : JSON.stringify(names.map((name) => [name, attributes[name]]));
}
