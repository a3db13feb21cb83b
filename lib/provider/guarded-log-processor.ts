/**
 * Stands before a log record processor of the user's: one that throws costs neither the program its log line nor the other processors
 * their record (in the SDK it does), and what it does is no work of the program.
 */
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs';
import { messageOf, report } from '../faults/report.js';
import { attempted } from './late-failure.js';
import { nameOf } from './name-of.js';
import { isUnobserved, unobserved } from './unobserved.js';

type Told = Parameters<LogRecordProcessor['onEmit']>;
type Asked = Parameters<NonNullable<LogRecordProcessor['enabled']>>;

export class GuardedLogProcessor implements LogRecordProcessor {
  readonly #processor: LogRecordProcessor;

  constructor(processor: LogRecordProcessor) {
    this.#processor = processor;
  }

  /** What is written inside the pipeline is let go: it would make more of it, for ever. */
  enabled(...asked: Asked): boolean {
    if (isUnobserved()) return false;
    return this.#guarded(() => this.#processor.enabled?.(...asked)) ?? true;
  }

  onEmit(...told: Told): void {
    this.#guarded(() => this.#processor.onEmit(...told));
  }

  forceFlush(): Promise<void> {
    return this.#waited(() => this.#processor.forceFlush());
  }

  shutdown(): Promise<void> {
    return this.#waited(() => this.#processor.shutdown());
  }

  async #waited(work: () => Promise<void>): Promise<void> {
    try {
      await unobserved(work);
    } catch (error) {
      const exporter = nameOf(this.#processor, 'log record processor');
      report('SPANDREL_EXPORT_FAILED', exporter, { signal: 'log records', exporter, error: messageOf(error) });
    }
  }

  #guarded<R>(work: () => R): R | undefined {
    return attempted(
      () => unobserved(work),
      (error) => this.#failed(error),
    );
  }

  #failed(error: unknown): void {
    const what = nameOf(this.#processor, 'log record processor');
    report('SPANDREL_PROCESSOR_FAILED', what, { what, error: messageOf(error) });
  }
}
