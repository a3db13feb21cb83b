/**
 * What a value of the program's is told in, and the marks for what is not told of it.
 */

/** A value a log record takes (OpenTelemetry logs data model, `any`). */
export type Structured = string | number | boolean | null | Structured[] | StructuredMap;
export interface StructuredMap {
  [key: string]: Structured;
}

/** In place of a value that could not be read. */
export const threw = '[threw]';

/** Under this name a map has the mark for what is left out of it; a list has it for its last. */
export const restKey = '…';

export const restText = (count: number): string => `[… ${count} more]`;
