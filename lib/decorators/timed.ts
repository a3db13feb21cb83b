/**
 * `@Timed`: a histogram of how long a method's calls take.
 */
import type { TimedOptions } from '../metadata/records/metric-options.js';
import type { MemberSelector } from '../metadata/records/traced-options.js';
import { aFlag, aSelection, aString, oneOf } from './check-options.js';
import { metricDecorator } from './metric-decorator.js';
import type { OnMember, OnMemberOrClass } from './signature.js';
import { attributesFrom, settled } from './source-rules.js';

/**
 * Records the duration of each settled call in the histogram `name`, in seconds unless `unit` says otherwise. A failed
 * call carries `error.type`. A promise is timed until it settles, a generator over its whole iteration. On a class it
 * times each of its methods, told apart by `code.function.name`.
 *
 * @param name an OpenTelemetry instrument name; two different definitions of one name are a fault.
 */
export function Timed<
  const Include extends MemberSelector = never,
  const Exclude extends MemberSelector = never,
  Inherited extends boolean = never,
>(
  name: string,
  options: TimedOptions<Include, Exclude, Inherited> = {},
): OnMemberOrClass<OnMember, Include, Exclude, Inherited> {
  // biome-ignore lint/complexity/noArguments: a decorator without parentheses is told by what it was called with
  return metricDecorator('timed', [...arguments], name, options, ['method', 'getter', 'class'], {
    unit: oneOf('s', 'ms', 'us', 'ns'),
    description: aString,
    buckets: { allowed: 'ascending finite numbers', accepts: isAscending },
    attributes: attributesFrom(settled),
    include: aSelection,
    exclude: aSelection,
    inherited: aFlag,
  });
}

function isAscending(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(
      (bound: unknown, index) =>
        typeof bound === 'number' && Number.isFinite(bound) && (index === 0 || bound > (value[index - 1] as number)),
    )
  );
}
