/**
 * Exporters in memory that say how they were told: how much at once, and whether they answer.
 */

import { setImmediate as nextTurn } from 'node:timers/promises';
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';

export class Kept<R> {
  readonly batches: R[][] = [];
  readonly #answers: boolean;

  constructor(answers = true) {
    this.#answers = answers;
  }

  get records(): R[] {
    return this.batches.flat();
  }

  get sizes(): number[] {
    return this.batches.map(({ length }) => length);
  }

  export(records: R[], done: (result: ExportResult) => void): void {
    this.batches.push(records);
    if (this.#answers) done({ code: ExportResultCode.SUCCESS });
  }

  forceFlush = (): Promise<void> => Promise.resolve();

  shutdown = (): Promise<void> => Promise.resolve();
}

/** Waits until it is so; throws after five seconds. */
export async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + 5_000;
  while (!isSo()) {
    if (performance.now() > end) throw new Error('it did not come to that within five seconds');
    await nextTurn();
  }
}
