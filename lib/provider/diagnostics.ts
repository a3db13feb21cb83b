/**
 * Where faults at run time are told: to the logger that is registered with OpenTelemetry's `diag`, and to Node's process warnings
 * where none is. `OTEL_LOG_LEVEL` registers one that writes to the console (specification, general SDK configuration).
 */
import { DiagConsoleLogger, DiagLogLevel, diag } from '@opentelemetry/api';
import type { FaultCode } from '../faults/catalogue.js';
import { placesOfApi } from './context-place.js';
import { guardedLogger } from './guarded-logger.js';
import type { Environment } from './settings/environment.js';

/** What loses records, or is a defect of ours; the rest is a warning. */
const errors: ReadonlySet<FaultCode> = new Set<FaultCode>([
  'SPANDREL_ADVICE_FAILED',
  'SPANDREL_BUFFER_FULL',
  'SPANDREL_CONSOLE_CLOSED',
  'SPANDREL_EXPORT_FAILED',
  'SPANDREL_NOT_STARTED',
  'SPANDREL_PROCESSOR_FAILED',
  'SPANDREL_SHUTDOWN_LATE',
]);

const levels = new Map<string, DiagLogLevel>([
  ['error', DiagLogLevel.ERROR],
  ['warn', DiagLogLevel.WARN],
  ['info', DiagLogLevel.INFO],
  ['debug', DiagLogLevel.DEBUG],
  ['verbose', DiagLogLevel.VERBOSE],
  ['all', DiagLogLevel.ALL],
]);

export class Diagnostics {
  readonly #silent: boolean;
  readonly #own: unknown;
  #unguard: () => void = () => undefined;
  #telling = false;

  constructor(environment: Environment) {
    const asked = environment['OTEL_LOG_LEVEL']?.trim().toLowerCase() ?? '';
    this.#silent = asked === 'none';
    const level = levels.get(asked);
    const given = registered();
    if (given !== undefined) this.#unguard = guardedLogger(given);
    if (level === undefined || given !== undefined) return;
    diag.setLogger(new DiagConsoleLogger(), { logLevel: level, suppressOverrideMessage: true });
    this.#own = registered();
  }

  /** Tells of a fault. What a logger itself reports meanwhile is counted and told no further. */
  readonly tell = (sentence: string, code: FaultCode): void => {
    if (this.#telling) return;
    this.#telling = true;
    try {
      if (registered() !== undefined) diag[errors.has(code) ? 'error' : 'warn'](sentence);
      else if (!this.#silent) process.emitWarning(sentence, { type: 'SpandrelWarning', code });
    } finally {
      this.#telling = false;
    }
  };

  /** Takes the logger of the environment away; one of the program's stays. */
  end(): void {
    this.#unguard();
    if (this.#own !== undefined && registered() === this.#own) diag.disable();
  }
}

const registered = (): unknown => placesOfApi()?.['diag'];
