/**
 * `@Untraced`: the exception inside a traced class.
 */
import { refuseBare } from './check-options.js';
import { decorator } from './dialect.js';
import type { OnMethod } from './signature.js';

/**
 * No span for this method, although its class is `@Traced`. Counters and timers of the method stay. A method cannot be
 * both traced and untraced: that is a fault where it is written.
 */
export function Untraced(): OnMethod {
  // biome-ignore lint/complexity/noArguments: a decorator without parentheses is told by what it was called with
  refuseBare('Untraced', [...arguments]);
  return decorator({ annotation: 'untraced', places: ['method'] }, () => Object.freeze({}));
}
