/**
 * The SDK's logger provider, with the times of our clock where a record was given none: the SDK reads those of the process.
 */
import type { Logger } from '@opentelemetry/api-logs';
import { LoggerProvider } from '@opentelemetry/sdk-logs';
import { timeNow } from '../recorder/clock.js';

export class ClockedLoggerProvider extends LoggerProvider {
  override getLogger(...given: Parameters<LoggerProvider['getLogger']>): Logger {
    const logger = super.getLogger(...given);
    return {
      enabled: (options) => logger.enabled(options),
      emit: (record) => {
        const now = timeNow();
        logger.emit({
          ...record,
          timestamp: record.timestamp ?? now,
          observedTimestamp: record.observedTimestamp ?? now,
        });
      },
    };
  }
}
