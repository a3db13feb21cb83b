/**
 * What something the user passed in is called in reports and `health()`.
 */

/** The name of its class; `otherwise` for an object without one. */
export function nameOf(given: object, otherwise: string): string {
  try {
    const { constructor } = given as { constructor?: { name?: unknown } };
    return typeof constructor?.name === 'string' && constructor.name !== '' ? constructor.name : otherwise;
  } catch {
    // A getter of the user's; a failure is being told of, mostly in the middle of the program's call.
    return otherwise;
  }
}
