/**
 * What is annotated: every set of annotations of calls, on the method, on its class or on both, with options of each sort.
 * A set is a description; `annotate.ts` makes decorators of it, `expectations.ts` what they must tell.
 */
export const callAnnotations = ['traced', 'counted', 'timed', 'in-flight'] as const;

export type CallAnnotation = (typeof callAnnotations)[number];

export interface AnnotationSet {
  readonly name: string;
  /** On the method itself, or on its class, from where it reaches the method. */
  readonly onMember: ReadonlySet<CallAnnotation>;
  readonly onClass: ReadonlySet<CallAnnotation>;
  /** Attributes from sources, on everything that is on the method. */
  readonly sources?: true;
  /** A `RangeError` is an answer. */
  readonly expected?: true;
  /** What is counted, where not every call is. */
  readonly when?: 'success' | 'error';
  /** The method says that its class does not mean it. */
  readonly untraced?: true;
}

const none: ReadonlySet<CallAnnotation> = new Set();
const all: ReadonlySet<CallAnnotation> = new Set(callAnnotations);

/** Every subset but the empty one. */
function subsets(of: readonly CallAnnotation[]): CallAnnotation[][] {
  const [first, ...rest] = of;
  if (first === undefined) return [[]];
  const without = subsets(rest);
  return [...without.map((subset) => [first, ...subset]), ...without];
}

const named = (subset: readonly CallAnnotation[]): string => subset.join(', ');

const everySubset = subsets(callAnnotations).filter(({ length }) => length > 0);

const alone: AnnotationSet = { name: 'traced', onMember: new Set(['traced'] as const), onClass: none };
const everything: AnnotationSet = { name: 'all four', onMember: all, onClass: none };
const ofClass: AnnotationSet = { name: 'all four on the class', onMember: none, onClass: all };
const withOptions: AnnotationSet = {
  name: 'all four with sources and expected errors',
  onMember: all,
  onClass: none,
  sources: true,
  expected: true,
};

const forGetters: AnnotationSet = {
  name: 'traced, counted and timed, with sources',
  onMember: new Set(['traced', 'counted', 'timed'] as const),
  onClass: none,
  sources: true,
};

/** Tried with every declaration. */
export const coreSets: readonly AnnotationSet[] = [alone, everything, ofClass, withOptions, forGetters];

/** Tried with few declarations: what a method is annotated with does not depend on how it is declared. */
export const everySet: readonly AnnotationSet[] = [
  ...everySubset.map((subset) => ({ name: named(subset), onMember: new Set(subset), onClass: none })),
  ...everySubset.map((subset) => ({ name: `class: ${named(subset)}`, onMember: none, onClass: new Set(subset) })),
  ...callAnnotations.map((one) => ({
    name: `${one}, class: the others`,
    onMember: new Set([one]),
    onClass: new Set(callAnnotations.filter((other) => other !== one)),
  })),
  { ...everything, name: 'all four on both', onClass: all },
  { ...everything, name: 'all four with sources', sources: true },
  { ...withOptions, name: 'all four with sources on both', onClass: all },
  { ...everything, name: 'all four with expected errors', expected: true },
  { ...everything, name: 'all four, successes counted', when: 'success' },
  { ...everything, name: 'all four, failures counted', when: 'error' },
  { ...ofClass, name: 'all four on the class, untraced', untraced: true },
];

/** All that is told of a call, wherever it was annotated. */
export function told({ onMember, onClass, untraced }: AnnotationSet): ReadonlySet<CallAnnotation> {
  const both = new Set([...onMember, ...onClass]);
  if (untraced) both.delete('traced');
  return both;
}
