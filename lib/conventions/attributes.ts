/**
 * Attribute and event names of the OpenTelemetry semantic conventions that this library writes, by area. Only stable
 * names are imported; a name of ours stands here too and says so.
 */
export {
  ATTR_CODE_FUNCTION_NAME,
  ATTR_ERROR_TYPE,
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_STACKTRACE,
  ATTR_EXCEPTION_TYPE,
} from '@opentelemetry/semantic-conventions';

/** Ours: nobody brought the call to its end (an iteration left alone, a stream dropped); the span ends at its last use. */
export const ATTR_SPANDREL_ABANDONED = 'spandrel.abandoned';

/** Ours: why the trace of the span was kept, where that was for more than its share of the successes: `error`, `slow` or `rule`. */
export const ATTR_SPANDREL_SAMPLING_KEPT_FOR = 'spandrel.sampling.kept_for';

/** Ours: spans of the trace that ended before this one were let go, for want of room or after too long a time. */
export const ATTR_SPANDREL_SAMPLING_PARTIAL = 'spandrel.sampling.partial';

/** Ours: how many like calls in a row the span stands for, and the sum of their durations in seconds. */
export const ATTR_SPANDREL_COLLAPSED_COUNT = 'spandrel.collapsed.count';
export const ATTR_SPANDREL_COLLAPSED_DURATION = 'spandrel.collapsed.duration';

/** Ours, of our own metrics: where records go, as `health()` names it; why they were let go; the code of what went wrong. */
export const ATTR_SPANDREL_EXPORTER_NAME = 'spandrel.exporter.name';
export const ATTR_SPANDREL_DROP_REASON = 'spandrel.drop.reason';
export const ATTR_SPANDREL_FAULT_CODE = 'spandrel.fault.code';

/** The span event that records what was thrown (semantic conventions, exceptions on spans). */
export const EVENT_EXCEPTION = 'exception';
