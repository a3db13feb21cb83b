/**
 * All that is known about an annotated element before it is ever called.
 */
import { answered } from '../metadata/answered.js';
import { type AnyClass, classNameOf, type Element, elementName, isClass } from '../metadata/element.js';
import type { AnnotationRecord } from '../metadata/records/record.js';
import { optionFailed } from './advice-failed.js';
import { quietly } from './quiet.js';

export interface CallSite {
  /** The class that declares it; `undefined` for a plain function. */
  readonly owner: AnyClass | undefined;
  readonly className: string;
  readonly element: Element;
  /** `Class.method`: `code.function.name`, the default span name, and the place in reports. */
  readonly name: string;
  readonly records: readonly AnnotationRecord[];
  /** Whether a thrown value is an answer of the method rather than its failure. */
  readonly expected: ((error: unknown) => boolean) | undefined;
  /** The argument that is called when the call is over. */
  readonly callback: 'last' | number | undefined;
}

/** The call site of a member of a class, or of a plain function (`owner` undefined). */
export function callSite(
  owner: AnyClass | undefined,
  element: Element,
  records: readonly AnnotationRecord[],
): CallSite {
  const className = owner === undefined ? '' : classNameOf(owner);
  const name = elementName(className, element.key);
  return {
    owner,
    className,
    element,
    name,
    records,
    expected: expectedBy(records, { name }),
    callback: callbackBy(records),
  };
}

/** Whether what a call threw is an answer of the method. */
export function isExpectedAt({ expected }: CallSite, error: unknown): boolean {
  return expected !== undefined && quietly(() => expected(error));
}

function callbackBy(records: readonly AnnotationRecord[]): CallSite['callback'] {
  for (const record of records) if (record.annotation === 'traced') return record.options.callback;
  return undefined;
}

/** `expected` of the span's annotation holds for the metrics of the method too: one classifier for all. */
function expectedBy(records: readonly AnnotationRecord[], site: { readonly name: string }): CallSite['expected'] {
  for (const record of records) {
    if (record.annotation !== 'traced' || record.options.expected === undefined) continue;
    const { expected } = record.options;
    const rules = (Array.isArray(expected) ? expected : [expected]) as readonly ((error: unknown) => boolean)[];
    return (error) =>
      rules.some((rule) => {
        try {
          return isClass(rule) ? error instanceof rule : answered(rule(error)) === true;
        } catch (failure) {
          // The other rules may know the error.
          optionFailed(site, 'expected', failure);
          return false;
        }
      });
  }
  return undefined;
}
