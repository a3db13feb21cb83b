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
