/**
 * What a function of the user's gave for an option or a source. It is asked while a call is under way and must answer at
 * once: a promise is no answer, and one that rejects later must not bring the program down on telemetry's account.
 */
import { descendsFrom } from '../faults/descends-from.js';

/** The value, unless it is a promise: then this throws, and its rejection is nobody's business any more. */
export function answered<T>(value: T): T {
  if (!descendsFrom(value, Promise)) return value;
  Reflect.apply(Promise.prototype.then, value, [undefined, () => undefined]);
  throw new TypeError('it gave a promise; it must answer at once');
}
