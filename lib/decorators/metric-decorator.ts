/**
 * What the four metric annotations share: a checked name, checked options, one frozen record.
 */
import type { ElementKind } from '../metadata/element.js';
import { type AnnotationRecord, wordOf } from '../metadata/records/record.js';
import { checkMetricName, checkOptions, type OptionRules, refuseBare } from './check-options.js';
import { decorator } from './dialect.js';

/** The decorator for a metric annotation; `args` is what the factory was really called with. */
export function metricDecorator(
  annotation: Exclude<AnnotationRecord['annotation'], 'traced' | 'untraced'>,
  args: readonly unknown[],
  name: string,
  options: object,
  places: readonly ElementKind[],
  rules: OptionRules,
): ReturnType<typeof decorator> {
  const word = wordOf[annotation];
  if (typeof name !== 'string') refuseBare(word, args);
  return decorator({ annotation, places }, () =>
    Object.freeze({ ...checkOptions(`@${word}`, options, rules), name: checkMetricName(word, name) }),
  );
}
