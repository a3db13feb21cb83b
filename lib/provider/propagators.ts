/**
 * How the trace goes from process to process: the formats that are asked for, as one. Each is guarded, so that one that fails
 * costs the program nothing and the others still work; OpenTelemetry's composite tells of it only to `diag`.
 */
import type { Context, TextMapGetter, TextMapPropagator, TextMapSetter } from '@opentelemetry/api';
import { W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { B3InjectEncoding, B3Propagator } from '@opentelemetry/propagator-b3';
import { JaegerPropagator } from '@opentelemetry/propagator-jaeger';
import { messageOf, report } from '../faults/report.js';
import { whenRejected } from './late-failure.js';
import { nameOf } from './name-of.js';
import type { PropagatorName } from './settings/settings.js';
import { unobserved } from './unobserved.js';

const made: { readonly [N in Exclude<PropagatorName, 'none'>]: () => TextMapPropagator } = {
  tracecontext: () => new W3CTraceContextPropagator(),
  baggage: () => new W3CBaggagePropagator(),
  // Both read both forms of B3 (specification, B3 extract), and differ in what they write.
  b3: () => new B3Propagator(),
  b3multi: () => new B3Propagator({ injectEncoding: B3InjectEncoding.MULTI_HEADER }),
  jaeger: () => new JaegerPropagator(),
};

/**
 * All of them in this order: where two write one header, or read one thing, the later one wins. With `'none'` among them
 * nothing is read or written, whatever stands beside it.
 */
export function propagatorFor(given: readonly (PropagatorName | TextMapPropagator)[]): TextMapPropagator {
  if (given.includes('none')) return new Propagators([]);
  return new Propagators(
    given.flatMap((one) => {
      if (one === 'none') return [];
      return typeof one === 'string' ? made[one]() : new OwnPropagator(one);
    }),
  );
}

/** The user's code in the pipeline is not observed: what it calls would be told of as if the program had. */
class OwnPropagator implements TextMapPropagator {
  readonly name: string;
  readonly #own: TextMapPropagator;

  constructor(own: TextMapPropagator) {
    this.name = nameOf(own, 'propagator');
    this.#own = own;
  }

  inject(context: Context, carrier: unknown, setter: TextMapSetter): void {
    const given: unknown = unobserved(() => this.#own.inject(context, carrier, setter));
    whenRejected(given, (error) => failed(this.name, error));
  }

  extract(context: Context, carrier: unknown, getter: TextMapGetter): Context {
    const found: unknown = unobserved(() => this.#own.extract(context, carrier, getter));
    // It becomes the active Context of the program.
    if (typeof (found as Context | undefined)?.getValue === 'function') return found as Context;
    whenRejected(found, () => undefined);
    throw new TypeError('extract gave no Context');
  }

  fields(): string[] {
    return [...unobserved(() => this.#own.fields())];
  }
}

class Propagators implements TextMapPropagator {
  readonly #all: readonly TextMapPropagator[];

  constructor(all: readonly TextMapPropagator[]) {
    this.#all = all;
  }

  inject(context: Context, carrier: unknown, setter: TextMapSetter): void {
    for (const one of this.#all) guarded(one, () => one.inject(context, carrier, setter), undefined);
  }

  extract(context: Context, carrier: unknown, getter: TextMapGetter): Context {
    let found = context;
    for (const one of this.#all) {
      const before = found;
      found = guarded(one, () => one.extract(before, carrier, getter), before);
    }
    return found;
  }

  fields(): string[] {
    return [...new Set(this.#all.flatMap((one) => guarded(one, () => one.fields(), [])))];
  }
}

function guarded<T>(propagator: TextMapPropagator, work: () => T, otherwise: T): T {
  try {
    return work();
  } catch (error) {
    failed(propagator instanceof OwnPropagator ? propagator.name : nameOf(propagator, 'propagator'), error);
    return otherwise;
  }
}

function failed(what: string, error: unknown): void {
  report('SPANDREL_PROPAGATOR_FAILED', what, { what, error: messageOf(error) });
}
