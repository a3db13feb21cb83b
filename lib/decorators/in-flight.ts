/**
 * `@InFlight`: how many calls of a method are running.
 */
import type { InFlightOptions } from '../metadata/records/metric-options.js';
import type { MemberSelector } from '../metadata/records/traced-options.js';
import { aFlag, aSelection, aString, aUnit } from './check-options.js';
import { metricDecorator } from './metric-decorator.js';
import type { OnMemberOrClass, OnMethod } from './signature.js';
import { attributesFrom, onEntry } from './source-rules.js';

/**
 * An up-down counter: up on entry, down when the call settles, with the attributes it had on entry (so `call.result`,
 * `call.error` and `call.outcome` have nothing to say here and are refused). A promise is in flight until it settles, a
 * generator from its first step to its end. On a class: each of its methods, told apart by `code.function.name`.
 *
 * @param name an OpenTelemetry instrument name; two different definitions of one name are a fault.
 */
export function InFlight<
  const Include extends MemberSelector = never,
  const Exclude extends MemberSelector = never,
  Inherited extends boolean = never,
>(
  name: string,
  options: InFlightOptions<Include, Exclude, Inherited> = {},
): OnMemberOrClass<OnMethod, Include, Exclude, Inherited> {
  // biome-ignore lint/complexity/noArguments: a decorator without parentheses is told by what it was called with
  return metricDecorator('in-flight', [...arguments], name, options, ['method', 'class'], {
    unit: aUnit,
    description: aString,
    attributes: attributesFrom(onEntry),
    include: aSelection,
    exclude: aSelection,
    inherited: aFlag,
  });
}
