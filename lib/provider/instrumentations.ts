/**
 * OpenTelemetry's instrumentations of other libraries, while telemetry runs: given our providers and switched on, and switched
 * off again. They belong to the user. One that throws costs what it would have told of; no program stops for want of that.
 */
import { messageOf, report } from '../faults/report.js';
import { attempted } from './late-failure.js';
import { nameOf } from './name-of.js';
import type { Providers } from './registration.js';
import type { InstrumentationPlugin } from './settings/settings.js';
import { unobserved } from './unobserved.js';

export class Instrumentations {
  readonly #all: readonly InstrumentationPlugin[];

  constructor(all: readonly InstrumentationPlugin[]) {
    this.#all = all;
  }

  start({ tracer, meter, logger }: Pick<Providers, 'tracer' | 'meter' | 'logger'>): void {
    this.#each((one) => {
      one.setTracerProvider(tracer);
      one.setMeterProvider(meter);
      one.setLoggerProvider?.(logger);
      return one.enable();
    });
  }

  /** Also those that could not be started: they may have begun to. */
  stop(): void {
    this.#each((one) => one.disable());
  }

  #each(work: (one: InstrumentationPlugin) => unknown): void {
    for (const one of this.#all) {
      attempted(
        () => unobserved(() => work(one)),
        (error) => failed(one, error),
      );
    }
  }
}

function failed(one: InstrumentationPlugin, error: unknown): void {
  const what = calledBy(one);
  report('SPANDREL_INSTRUMENTATION_FAILED', what, { what, error: messageOf(error) });
}

function calledBy(one: InstrumentationPlugin): string {
  const { instrumentationName } = one as Partial<InstrumentationPlugin>;
  return typeof instrumentationName === 'string' ? instrumentationName : nameOf(one, 'instrumentation');
}
