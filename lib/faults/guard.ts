/**
 * Runs our own code around a user's call so that its failure is counted and goes no further.
 * It is not for the user's code: what that throws must pass untouched.
 */
import type { FaultCode } from './catalogue.js';
import { messageOf, report } from './report.js';

/** The result of `work`, or `otherwise` when it throws; the failure is reported under `code` at `where`. */
export function guard<T, O>(code: FaultCode, where: string, what: string, work: () => T, otherwise: O): T | O {
  try {
    return work();
  } catch (error) {
    const message = messageOf(error);
    report(code, where, { what, error: message, reason: message });
    return otherwise;
  }
}
