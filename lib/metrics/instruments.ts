/**
 * The instruments of one running telemetry, one a definition, made on first use. Advice asks for the series of an
 * attribute set, and adds to it at each call; how that reaches a reader is settled in this room alone.
 */
import type { Attributes } from '@opentelemetry/api';
import type { HistogramDefinition, MetricDefinition } from './definition.js';

/** A series of a counter or an up-down counter. */
export interface Addable {
  /** Whether it may be held for later calls; false where the attribute set shares a series for want of room. */
  readonly keep: boolean;
  add(amount: number): void;
}

/** A series of a histogram. */
export interface Recordable {
  readonly keep: boolean;
  record(value: number): void;
}

export interface SeriesOf<S> {
  /** How often series that nobody is told of any more were let go: time for holders to do the same. */
  readonly lettingsGo: number;
  /** The series of an attribute set, which is not to be changed later. Nothing is told of it before it is added to. */
  series(attributes: Attributes): S;
}

/** One value of a gauge at a collection. */
export interface Observation {
  readonly value: number;
  readonly attributes: Attributes;
}

export interface Instruments {
  counter(definition: MetricDefinition): SeriesOf<Addable>;
  upDownCounter(definition: MetricDefinition): SeriesOf<Addable>;
  histogram(definition: HistogramDefinition): SeriesOf<Recordable>;
  /** Reads are called at each collection; several for one name are collected together. */
  gauge(definition: MetricDefinition, read: () => Iterable<Observation>): void;
  /** Stops every gauge, and takes nothing in any more. */
  release(): void;
}
