/**
 * What something the user passed in is called in reports and `health()`.
 */

/** The name of its class; `otherwise` for an object without one. */
export function nameOf(given: object, otherwise: string): string {
  const { constructor } = given as { constructor?: { name?: unknown } };
  return typeof constructor?.name === 'string' && constructor.name !== '' ? constructor.name : otherwise;
}
