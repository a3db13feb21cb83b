/**
 * Inheritance without `super()`: of the prototype alone. See `woven-context.ts` for what it is good for.
 */

/** Lets the instances of `heir` have what those of `from` have, as `extends` would. It is for its constructor to write all fields. */
export function inheriting(heir: { prototype: object }, from: { prototype: object }): void {
  Object.setPrototypeOf(heir.prototype, from.prototype);
}
