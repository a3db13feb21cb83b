/**
 * Code of the user's that is written as an async function where the answer is not waited for: what its promise rejects with
 * would be nobody's, and end the process.
 */

/** Has the failure of a promise told of, where one was given. Does nothing with anything else. */
export function whenRejected(given: unknown, failed: (error: unknown) => void): void {
  const { then } = Object(given) as { readonly then?: unknown };
  if (typeof then !== 'function') return;
  Promise.resolve(given).catch(failed);
}

/** Runs code of the user's, and has its failure told of, whether it throws or rejects; `undefined` where it threw. */
export function attempted<T>(work: () => T, failed: (error: unknown) => void): T | undefined {
  try {
    const given = work();
    whenRejected(given, failed);
    return given;
  } catch (error) {
    failed(error);
    return undefined;
  }
}
