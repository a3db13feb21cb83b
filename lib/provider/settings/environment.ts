/**
 * Environment variables of the OpenTelemetry specification that stand in for settings left out. A value that can't be
 * read is told of and ignored, as the specification asks; the exporters read `OTEL_EXPORTER_OTLP_*` themselves.
 */
import { SpandrelFault, shown } from '../../faults/fault.js';
import { report } from '../../faults/report.js';
import { longestTimerMs } from '../deadline.js';
import { oneOf } from './rules.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A positive whole number; `undefined` when it is unset, empty or none. */
export function numberFrom(environment: Environment, variable: string): number | undefined {
  const value = textFrom(environment, variable);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (Number.isSafeInteger(number) && number > 0 && number <= longestTimerMs) return number;
  report('SPANDREL_ENVIRONMENT_IGNORED', variable, {
    variable,
    value: shown(value),
    allowed: 'a positive whole number',
  });
  return undefined;
}

/** A text; unset and empty are the same (specification, configuration by environment variables). */
export function textFrom(environment: Environment, variable: string): string | undefined {
  const value = environment[variable]?.trim();
  return value === undefined || value === '' ? undefined : value;
}

const protocols = oneOf(['http/json'], ['http/protobuf', 'grpc']);

/**
 * The protocol asked for, for all signals or one of them. A protocol the specification knows and this version lacks is
 * refused: sending another to the same address would lose everything in silence. An unknown one is told of and ignored.
 */
export function protocolFrom(environment: Environment): 'http/json' | undefined {
  const general = readProtocol(environment, 'OTEL_EXPORTER_OTLP_PROTOCOL');
  readProtocol(environment, 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL');
  readProtocol(environment, 'OTEL_EXPORTER_OTLP_METRICS_PROTOCOL');
  readProtocol(environment, 'OTEL_EXPORTER_OTLP_LOGS_PROTOCOL');
  return general;
}

function readProtocol(environment: Environment, variable: string): 'http/json' | undefined {
  const value = textFrom(environment, variable);
  if (value === undefined) return undefined;
  if (protocols.accepts(value)) return 'http/json';
  const words = { value: shown(value), allowed: protocols.allowed };
  if (protocols.notBuilt?.(value) === true) {
    throw new SpandrelFault('SPANDREL_SETTING_NOT_BUILT', variable, { setting: variable, ...words });
  }
  report('SPANDREL_ENVIRONMENT_IGNORED', variable, { variable, ...words });
  return undefined;
}
