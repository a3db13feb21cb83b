/**
 * What the rows about environment variables are made of: a program that tells of all three signals, run with the variables set, and
 * the receivers it tells.
 */

import type { TlsOptions } from 'node:tls';
import { trace } from '@opentelemetry/api';
import { bootstrap, Counted, type Health, InFlight, log, type Settings, type Telemetry, Timed, Traced } from 'spandrel';
import type { Variable } from '../../../lib/provider/settings/environment-table.js';
import { OtlpGrpcReceiver } from '../../support/otlp-grpc-receiver.js';
import { OtlpReceiver } from '../../support/otlp-receiver.js';

export interface Row {
  /** What the row proves. */
  readonly means: string;
  run(): Promise<void>;
}

export type Rows<V extends Variable> = Readonly<Record<V, Row>>;

export type Variables = Readonly<Partial<Record<string, string>>>;

export const signals = ['traces', 'metrics', 'logs'] as const;
export type Signal = (typeof signals)[number];

export class Mill {
  @Traced()
  @Counted('environment.spec.turns')
  @Timed('environment.spec.time', { buckets: [60] })
  turn<T>(work: () => T): T {
    log.info('turned');
    return work();
  }

  @InFlight('environment.spec.turning')
  keepTurning<T>(work: () => T): T {
    return work();
  }
}

/** One span of each kind, one log record, and a point of each metric. */
export function turnOnce(): void {
  const mill = new Mill();
  mill.keepTurning(() => mill.turn(() => trace.getTracer('hand').startSpan('by hand').end()));
}

/** Runs the program in an environment with these variables of OpenTelemetry alone; what the pipeline said after a flush. */
export async function ran(
  variables: Variables,
  settings: Settings = {},
  program: (telemetry: Telemetry) => unknown = turnOnce,
): Promise<Health> {
  const { env } = process;
  const others = Object.entries(env).filter(([name]) => !name.startsWith('OTEL_'));
  process.env = { ...Object.fromEntries(others), ...variables };
  try {
    const telemetry = bootstrap(settings);
    try {
      await program(telemetry);
      await telemetry.flush({ timeoutMs: 5_000 });
      return telemetry.health();
    } finally {
      await telemetry.shutdown({ timeoutMs: 2_000 });
    }
  } finally {
    process.env = env;
  }
}

export async function withReceiver(work: (receiver: OtlpReceiver) => Promise<void>, tls?: TlsOptions): Promise<void> {
  const receiver = await OtlpReceiver.start(tls);
  try {
    await work(receiver);
  } finally {
    await receiver.stop();
  }
}

export async function withGrpcReceiver(
  work: (receiver: OtlpGrpcReceiver) => Promise<void>,
  tls?: TlsOptions,
): Promise<void> {
  const receiver = await OtlpGrpcReceiver.start(tls);
  try {
    await work(receiver);
  } finally {
    await receiver.stop();
  }
}

/** What a header was of each signal's first request; `'(none)'` where it had none, or nothing came. */
export function headerOf(receiver: OtlpReceiver | OtlpGrpcReceiver, header: string): Record<Signal, unknown> {
  const of = (signal: Signal): unknown =>
    receiver.requests.find(({ path }) => path.endsWith(`/v1/${signal}`))?.headers[header] ?? '(none)';
  return { traces: of('traces'), metrics: of('metrics'), logs: of('logs') };
}

/** Which signals failed to be sent, and which were sent. */
export function sent({ spans, metrics, logs }: Health): Record<Signal, 'sent' | 'failed' | '(nothing)'> {
  const told = (failed = 0, done = 0) => (failed > 0 ? 'failed' : done > 0 ? 'sent' : '(nothing)');
  return {
    traces: told(spans[0]?.failed, spans[0]?.delivered),
    metrics: told(metrics[0]?.failed, metrics[0]?.exports),
    logs: told(logs[0]?.failed, logs[0]?.delivered),
  };
}
