/**
 * `@Gauged`: a value read from the live instances of a class at each collection.
 */
import type { GaugedOptions } from '../metadata/records/metric-options.js';
import { aString, aUnit, oneOf } from './check-options.js';
import { metricDecorator } from './metric-decorator.js';
import type { OnReading } from './signature.js';
import { attributesFrom } from './source-rules.js';

/**
 * Observes the gauge `name`: at each collection the getter (or method without parameters) is read on every live
 * instance, and instances with the same attributes are combined, by `'sum'` unless told otherwise. Instances are held
 * weakly. A static one is read once, on the class. A reading that throws, or is not a finite number, is left out.
 *
 * Attributes may come from `call.self(…)`, a function of `{ self }`, or be given.
 *
 * In TypeScript's legacy dialect a member decorator learns nothing of construction: an instance is known from the first
 * use of any of its class's methods or accessors after `bootstrap()` (of a class written after it: from the next tick).
 */
export function Gauged(name: string, options: GaugedOptions = {}): OnReading {
  // biome-ignore lint/complexity/noArguments: a decorator without parentheses is told by what it was called with
  return metricDecorator('gauged', [...arguments], name, options, ['getter', 'method'], {
    unit: aUnit,
    description: aString,
    attributes: attributesFrom(['self']),
    combine: oneOf('sum', 'max', 'last'),
  });
}
