/**
 * A meter of the SDK whose instruments have gates: what code makes by hand, what instrumentations measure and what of ours is
 * left to the SDK counts among the series of the process. The SDK itself does the rest.
 */
import {
  type Attributes,
  type BatchObservableCallback,
  type Context,
  type Counter,
  type Gauge,
  type Histogram,
  type Meter,
  type MetricOptions,
  type Observable,
  type ObservableCallback,
  type UpDownCounter,
  ValueType,
} from '@opentelemetry/api';
import { InstrumentType } from '@opentelemetry/sdk-metrics';
import { ObservedGate, type ObservedKind, Observing } from './observed-gate.js';
import { overflowAttributes } from './series.js';
import type { SeriesBudget } from './series-budget.js';
import { type Collections, SeriesGate } from './series-gate.js';
import type { Selects } from './views.js';

export interface GateTerms {
  readonly budget: SeriesBudget;
  readonly collections: Collections;
  /** Whether the attributes that are given are those that are told: a gate knows of no others. */
  readonly counts: Selects;
  /** Whether all readers are told of instruments of a type what was added since they last collected, and no more. */
  readonly forgets: (type: InstrumentType) => boolean;
}

type Measure = (value: number, attributes?: Attributes, context?: Context) => void;

export class BoundedMeter implements Meter {
  readonly #meter: Meter;
  readonly #terms: GateTerms;
  /** One for each metric, however often its instrument is made. */
  readonly #gates = new Map<string, SeriesGate | ObservedGate>();
  /** The SDK's own of an observable: it knows no other. */
  readonly #own = new WeakMap<Observable, Observable>();
  readonly #observed = new WeakMap<Observable, ObservedGate>();
  readonly #batches = new WeakMap<BatchObservableCallback, BatchObservableCallback>();

  constructor(meter: Meter, terms: GateTerms) {
    this.#meter = meter;
    this.#terms = terms;
  }

  createGauge(name: string, options?: MetricOptions): Gauge {
    const gauge = this.#meter.createGauge(name, options);
    const gate = this.#gate(name, options, InstrumentType.GAUGE);
    return gate === undefined ? gauge : { record: gated(gauge.record.bind(gauge), gate, false) };
  }

  createHistogram(name: string, options?: MetricOptions): Histogram {
    const histogram = this.#meter.createHistogram(name, options);
    const gate = this.#gate(name, options, InstrumentType.HISTOGRAM);
    return gate === undefined ? histogram : { record: gated(histogram.record.bind(histogram), gate, true) };
  }

  createCounter(name: string, options?: MetricOptions): Counter {
    const counter = this.#meter.createCounter(name, options);
    const gate = this.#gate(name, options, InstrumentType.COUNTER);
    return gate === undefined ? counter : { add: gated(counter.add.bind(counter), gate, true) };
  }

  createUpDownCounter(name: string, options?: MetricOptions): UpDownCounter {
    const counter = this.#meter.createUpDownCounter(name, options);
    const gate = this.#gate(name, options, InstrumentType.UP_DOWN_COUNTER);
    return gate === undefined ? counter : { add: gated(counter.add.bind(counter), gate, false) };
  }

  createObservableGauge(name: string, options?: MetricOptions): Observable {
    const own = this.#meter.createObservableGauge(name, options);
    return this.#observable(own, name, options, InstrumentType.OBSERVABLE_GAUGE, 'gauge');
  }

  createObservableCounter(name: string, options?: MetricOptions): Observable {
    const own = this.#meter.createObservableCounter(name, options);
    return this.#observable(own, name, options, InstrumentType.OBSERVABLE_COUNTER, 'counter');
  }

  createObservableUpDownCounter(name: string, options?: MetricOptions): Observable {
    const own = this.#meter.createObservableUpDownCounter(name, options);
    return this.#observable(own, name, options, InstrumentType.OBSERVABLE_UP_DOWN_COUNTER, 'up-down counter');
  }

  addBatchObservableCallback(callback: BatchObservableCallback, observables: Observable[]): void {
    this.#meter.addBatchObservableCallback(this.#batch(callback), observables.map(this.#ownOf));
  }

  removeBatchObservableCallback(callback: BatchObservableCallback, observables: Observable[]): void {
    this.#meter.removeBatchObservableCallback(this.#batch(callback), observables.map(this.#ownOf));
    for (const observable of observables) this.#observed.get(observable)?.leave(callback);
  }

  readonly #ownOf = (observable: Observable): Observable => this.#own.get(observable) ?? observable;

  #gate(name: string, options: MetricOptions = {}, type: InstrumentType): SeriesGate | undefined {
    const { budget, collections, counts, forgets } = this.#terms;
    if (!counts({ name, unit: options.unit }, type)) return undefined;
    return this.#once(name, type, options, () => {
      const gate = new SeriesGate(name, budget, collections);
      if (forgets(type)) collections.watch(gate);
      return gate;
    });
  }

  #observable(
    own: Observable,
    name: string,
    options: MetricOptions = {},
    type: InstrumentType,
    kind: ObservedKind,
  ): Observable {
    if (!this.#terms.counts({ name, unit: options.unit }, type)) return own;
    const gate = this.#once(name, type, options, () => new ObservedGate(name, kind, this.#terms.budget));
    const callbacks = new WeakMap<ObservableCallback, ObservableCallback>();
    const through = (callback: ObservableCallback): ObservableCallback => {
      const known = callbacks.get(callback) ?? gatedCallback(callback, gate);
      callbacks.set(callback, known);
      return known;
    };
    const observable: Observable = {
      addCallback: (callback) => own.addCallback(through(callback)),
      removeCallback: (callback) => {
        own.removeCallback(through(callback));
        gate.leave(callback);
      },
    };
    this.#own.set(observable, own);
    this.#observed.set(observable, gate);
    return observable;
  }

  #batch(callback: BatchObservableCallback): BatchObservableCallback {
    const known = this.#batches.get(callback) ?? this.#gatedBatch(callback);
    this.#batches.set(callback, known);
    return known;
  }

  #gatedBatch(callback: BatchObservableCallback): BatchObservableCallback {
    return (result) => {
      const observing = new Map<Observable, Observing>();
      const observe = (observable: Observable, value: number, attributes: Attributes = {}): void => {
        const [own, gate] = [this.#ownOf(observable), this.#observed.get(observable)];
        if (gate === undefined) return result.observe(own, value, attributes);
        const known = observing.get(own) ?? new Observing(gate, (some, under) => result.observe(own, some, under));
        observing.set(own, known);
        known.observe(value, attributes);
      };
      return after(callback({ observe }), () => {
        for (const one of observing.values()) one.end(callback, overflowAttributes);
      });
    };
  }

  #once<G extends SeriesGate | ObservedGate>(
    name: string,
    type: InstrumentType,
    { unit = '', valueType = ValueType.DOUBLE }: MetricOptions,
    make: () => G,
  ): G {
    // By what the SDK tells metrics apart.
    const key = JSON.stringify([name, type, unit, valueType]);
    const gate = (this.#gates.get(key) as G | undefined) ?? make();
    this.#gates.set(key, gate);
    return gate;
  }
}

/** What the SDK refuses takes no place. */
function gated(measure: Measure, gate: SeriesGate, onlyUp: boolean): Measure {
  return (value, attributes = {}, context) => {
    if (typeof value !== 'number' || (onlyUp && value < 0)) return measure(value, attributes, context);
    measure(value, gate.pass(attributes), context);
  };
}

function gatedCallback(callback: ObservableCallback, gate: ObservedGate): ObservableCallback {
  return (result) => {
    const observing = new Observing(gate, (value, attributes) => result.observe(value, attributes));
    const returned = callback({ observe: (value, attributes = {}) => observing.observe(value, attributes) });
    return after(returned, () => observing.end(callback, overflowAttributes));
  };
}

function after(returned: void | Promise<void>, end: () => void): void | Promise<void> {
  if (typeof returned?.then === 'function') return returned.then(end);
  end();
}
