/**
 * `instanceof` for values that may be anything. A proxy in a chain of prototypes can name another one for ever, and
 * `instanceof` would follow it.
 */

/** No class of anybody's is as far down. */
const highest = 32;

/** Whether the prototype of `kind` is among those of `value`. May throw where a proxy does. */
export function descendsFrom(value: unknown, kind: { readonly prototype: object }): boolean {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  let level: object | null = value;
  for (let levels = 0; levels < highest; levels += 1) {
    level = Object.getPrototypeOf(level) as object | null;
    if (level === null) return false;
    if (level === kind.prototype) return true;
  }
  return false;
}
