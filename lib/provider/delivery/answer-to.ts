/**
 * What an exporter answers to an export, whatever it does: it may throw, never answer, answer twice, or be an async function.
 */
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import { messageOf } from '../../faults/report.js';
import { unobserved } from '../unobserved.js';

interface Exporter<T> {
  export(exported: T, done: (result: ExportResult) => void): void;
}

/** The failure's message, or `undefined` for success; it is given up on after `answerMs`. Never rejects. */
export function answerTo<T>(exporter: Exporter<T>, exported: T, answerMs: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(`no answer within ${answerMs} ms`), answerMs);
    late.unref();
    const answer = (failure: string | undefined): void => {
      clearTimeout(late);
      resolve(failure);
    };
    try {
      const given: unknown = unobserved(() =>
        exporter.export(exported, (result: ExportResult | undefined) => answer(failureIn(result))),
      );
      // An exporter of the user's may be an async function: what it rejects with is its answer.
      if (given instanceof Promise) given.catch((error: unknown) => answer(messageOf(error)));
    } catch (error) {
      answer(messageOf(error));
    }
  });
}

/** `undefined` for success. */
function failureIn(result: ExportResult | undefined): string | undefined {
  if (result?.code === ExportResultCode.SUCCESS) return undefined;
  return messageOf(result?.error ?? 'the exporter gave no reason');
}
