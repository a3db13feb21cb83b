/**
 * Parts of a telemetry that no setting names: what the test kit puts in to keep what is recorded, with times and ids that are
 * the same in every run.
 */
import type { LogRecordProcessor } from '@opentelemetry/sdk-logs';
import type { SpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Clock } from '../recorder/clock.js';
import type { SpanIds } from '../recorder/span-ids.js';

export interface InnerParts {
  /** Read in place of the process's clocks, for spans of the SDK and log records too. */
  readonly clock?: Clock | undefined;
  /** Ids of woven spans and, where given, of the SDK's. Default: random. */
  readonly ids?: SpanIds | undefined;
  /** Hear of everything, after all processors of the user's. */
  readonly spans?: SpanProcessor | undefined;
  readonly logs?: LogRecordProcessor | undefined;
  /** Told the sentences of what goes wrong, in place of Node's process warnings. */
  readonly tell?: ((sentence: string) => void) | undefined;
}
