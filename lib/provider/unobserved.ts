/**
 * The pipeline's own work (exporting, flushing, collecting, drawing) is not to be observed: telemetry about it would make
 * telemetry, for ever. It runs outside of any call of the program, with tracing suppressed, which instrumentations and
 * woven methods respect, and with a mark of its own, by which log records written in it are let go.
 */
import { context, createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';

/** The same key in every loaded copy of the package. */
const ours = createContextKey('spandrel.unobserved');
const outOfSight = suppressTracing(ROOT_CONTEXT).setValue(ours, true);

/** Runs work of the pipeline, and whatever it starts, unobserved. */
export function unobserved<T>(work: () => T): T {
  return context.with(outOfSight, work);
}

/** Whether this is inside the pipeline's own work. */
export function isUnobserved(): boolean {
  return context.active().getValue(ours) === true;
}
