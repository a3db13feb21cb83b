/**
 * The names of what a program gives for attributes, which may be very many: a span or a record holds few of them.
 */
import { isShown, ownNames } from './containers.js';

/** Attributes given at once that are looked at. */
const namesAtMost = 1000;

/** The first of them. `failed` is told where there are more. */
export function firstNames(given: object, failed: (error: unknown) => void): string[] {
  const names = ownNames(given);
  const first = names.slice(0, namesAtMost);
  if (first.length < names.length) {
    failed(new RangeError(`${names.length} attributes at once: all after the first ${namesAtMost} are left out`));
  }
  return first.filter((name): name is string => typeof name === 'string' && isShown(given, name));
}
