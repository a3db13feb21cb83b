/**
 * `@Counted`: a counter that goes up with the calls of a method.
 */
import type { CountedOptions } from '../metadata/records/metric-options.js';
import type { MemberSelector } from '../metadata/records/traced-options.js';
import type { SourceOrigin } from '../metadata/source.js';
import { aFlag, aSelection, aString, aUnit, oneOf } from './check-options.js';
import { metricDecorator } from './metric-decorator.js';
import type { OnMember, OnMemberOrClass } from './signature.js';
import { attributesFrom, isSourceOf, settled, sourcesInWords } from './source-rules.js';

/** An outcome is a word and never a number. */
const amounts: readonly SourceOrigin[] = ['arg', 'self', 'result', 'error'];

/**
 * Adds to the counter `name` when a call has settled: 1, or the `amount` given. A failed call carries `error.type`.
 * The count is exact whatever the sampling of spans. On a class it counts each of its methods, told apart by
 * `code.function.name`.
 *
 * @param name an OpenTelemetry instrument name; two different definitions of one name are a fault.
 */
export function Counted<
  const Include extends MemberSelector = never,
  const Exclude extends MemberSelector = never,
  Inherited extends boolean = never,
>(
  name: string,
  options: CountedOptions<Include, Exclude, Inherited> = {},
): OnMemberOrClass<OnMember, Include, Exclude, Inherited> {
  // biome-ignore lint/complexity/noArguments: a decorator without parentheses is told by what it was called with
  return metricDecorator('counted', [...arguments], name, options, ['method', 'getter', 'class'], {
    unit: aUnit,
    description: aString,
    attributes: attributesFrom(settled),
    amount: {
      allowed: `a number that is not negative, or a source (${sourcesInWords(amounts)}) or function that gives one`,
      accepts: (value) =>
        isSourceOf(amounts, value) ||
        typeof value === 'function' ||
        (typeof value === 'number' && value >= 0 && value < Infinity),
    },
    when: oneOf('settled', 'success', 'error'),
    include: aSelection,
    exclude: aSelection,
    inherited: aFlag,
  });
}
