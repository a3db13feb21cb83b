/**
 * One row for a variable of OTLP that goes for all signals, and one for each signal's own: the same claims with other signals concerned.
 */
import { type Row, type Signal, signals, type Variables } from './row.js';

type Of<S extends string> = `OTEL_EXPORTER_OTLP_${'' | 'TRACES_' | 'METRICS_' | 'LOGS_'}${S}`;

export class Concern {
  readonly #suffix: string;
  readonly signal: Signal | undefined;

  constructor(suffix: string, signal: Signal | undefined) {
    this.#suffix = suffix;
    this.signal = signal;
  }

  isOf(signal: Signal): boolean {
    return this.signal === undefined || this.signal === signal;
  }

  /** The variable set to this, and where it is a signal's own the general one set to something weaker. */
  set(value: string, weaker = ''): Variables {
    return this.named(this.#suffix, value, weaker);
  }

  /** Another variable, of the same signal. */
  named(suffix: string, value: string, weaker = ''): Variables {
    const general = `OTEL_EXPORTER_OTLP_${suffix}`;
    if (this.signal === undefined) return { [general]: value };
    return { [general]: weaker, [`OTEL_EXPORTER_OTLP_${this.signal.toUpperCase()}_${suffix}`]: value };
  }

  /** For each signal what is so of those concerned, and of the others. */
  expected(concerned: unknown, others: unknown = concerned): Record<Signal, unknown> {
    const of = (signal: Signal): unknown => (this.isOf(signal) ? concerned : others);
    return { traces: of('traces'), metrics: of('metrics'), logs: of('logs') };
  }
}

export function eachSignal<S extends string>(
  suffix: S,
  means: string,
  run: (concern: Concern) => Promise<void>,
): Record<Of<S>, Row> {
  const rows = [undefined, ...signals].map((signal): [string, Row] => [
    `OTEL_EXPORTER_OTLP_${signal === undefined ? '' : `${signal.toUpperCase()}_`}${suffix}`,
    { means: `${means}, of ${signal ?? 'all signals'}`, run: () => run(new Concern(suffix, signal)) },
  ]);
  return Object.fromEntries(rows) as Record<Of<S>, Row>;
}
