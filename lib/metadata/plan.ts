/**
 * From the records of a class to what applies to each of its members: class-level annotations reach the methods they
 * select, and are merged under what a method says itself. Descriptors are read, properties never: a getter must not run.
 */
import { type AnyClass, type Element, isBuiltIn, isClass, keyText, sameElement } from './element.js';
import { isMetric } from './metric-definitions.js';
import type { AnnotationRecord } from './records/record.js';
import type { ClassOptions, MemberSelection } from './records/traced-options.js';
import { isEnrolled, recordsOf } from './roster.js';

/** One member of a class with all that was annotated on it. */
export interface PlannedMember {
  readonly element: Element;
  readonly records: readonly AnnotationRecord[];
  /** The method is inherited: the class gets a property of its own for as long as it is woven. */
  readonly inherited: boolean;
}

/** Every annotated member of `owner`, in the order of the class; `records` where they are not in the roster yet. */
export function planOf(owner: AnyClass, records: readonly AnnotationRecord[] = recordsOf(owner)): PlannedMember[] {
  return planned(owner, new Map(), records);
}

/** Plans of the bases that one question needs, each made once: every level asks for all levels above it. */
type Plans = Map<AnyClass, PlannedMember[]>;

function planned(owner: AnyClass, plans: Plans, records = recordsOf(owner)): PlannedMember[] {
  const known = plans.get(owner);
  if (known !== undefined) return known;
  const members = new Map<string | symbol, Map<string, PlannedMember>>();
  const add = (member: PlannedMember): void => {
    const { key } = member.element;
    const sides = members.get(key as string | symbol) ?? new Map<string, PlannedMember>();
    members.set(key as string | symbol, sides.set(sideOf(member.element), member));
  };
  for (const { element } of records) {
    if (element.kind === 'class') continue;
    add({ element, records: records.filter((record) => sameElement(record.element, element)), inherited: false });
  }
  for (const record of records) {
    if (record.element.kind !== 'class') continue;
    for (const { element, inherited } of reachedBy(record, owner, plans)) {
      const present = members.get(element.key as string | symbol)?.get(sideOf(element));
      add({ element, inherited, records: withClassRecord(present?.records ?? [], record, element) });
    }
  }
  const plan = [...members.values()].flatMap((sides) => [...sides.values()]);
  plans.set(owner, plan);
  return plan;
}

/** Tells members of one key apart: a method and a getter, a static one, `#x` and `['#x']`. */
function sideOf({ kind, static: isStatic, private: isPrivate }: Element): string {
  return `${kind} ${isStatic} ${isPrivate}`;
}

/** A method's records once a class-level one reaches it: the method's own word is the stronger. */
function withClassRecord(
  own: readonly AnnotationRecord[],
  fromClass: AnnotationRecord,
  element: Element,
): readonly AnnotationRecord[] {
  if (fromClass.annotation === 'traced' && own.some((record) => record.annotation === 'untraced')) return own;
  const same = own.find(
    (record) =>
      record.annotation === fromClass.annotation &&
      (record.annotation === 'traced' || metricName(record) === metricName(fromClass)),
  );
  const merged = mergeOptions(fromClass.options, same?.options ?? {});
  const record = Object.freeze({ annotation: fromClass.annotation, element, options: merged }) as AnnotationRecord;
  return [...own.filter((other) => other !== same), record];
}

function mergeOptions(outer: object, inner: object): object {
  const attributes = {
    ...(outer as { attributes?: object }).attributes,
    ...(inner as { attributes?: object }).attributes,
  };
  return Object.freeze({ ...outer, ...inner, attributes: Object.freeze(attributes) });
}

/** The methods a class-level record selects: own ones always, inherited ones when it says so. */
function* reachedBy(
  record: AnnotationRecord,
  owner: AnyClass,
  plans: Plans,
): Generator<{ element: Element; inherited: boolean }> {
  const options = record.options as ClassOptions;
  for (const [holder, isStatic] of [
    [owner.prototype as object, false],
    [owner, true],
  ] as const) {
    const seen = new Set<string | symbol>();
    for (let level: object | null = holder; level !== null; level = Object.getPrototypeOf(level) as object | null) {
      if (isOfLanguage(level)) break;
      if (level !== holder) for (const key of annotatedThere(level, isStatic, plans)) seen.add(key);
      for (const key of methodKeys(level, isStatic)) {
        if (seen.has(key) || !selected(key, options)) continue;
        yield { element: Object.freeze({ kind: 'method', key, static: isStatic }), inherited: level !== holder };
      }
      if (options.inherited !== true) break;
      // Whatever has the name here, also an accessor, hides what a base class has under it.
      for (const key of Reflect.ownKeys(level)) seen.add(key);
    }
  }
}

/** `Object.prototype`, `Array.prototype`, `Function.prototype`, …: what the language brings is not the user's class. */
function isOfLanguage(level: object): boolean {
  return isBuiltIn(level) || isBuiltIn(Object.getOwnPropertyDescriptor(level, 'constructor')?.value);
}

/** What a base class annotates is woven there; weaving it again would tell each call twice. */
function annotatedThere(level: object, isStatic: boolean, plans: Plans): (string | symbol)[] {
  const base = isStatic ? level : (Object.getOwnPropertyDescriptor(level, 'constructor')?.value as unknown);
  if (typeof base !== 'function' || !isEnrolled(base as unknown as AnyClass)) return [];
  return planned(base as unknown as AnyClass, plans)
    .filter(({ element }) => element.static === isStatic)
    .map(({ element }) => element.key as string | symbol);
}

function methodKeys(holder: object, isStatic: boolean): (string | symbol)[] {
  return Reflect.ownKeys(holder).filter((key) => {
    if (key === 'constructor' || (isStatic && key === 'prototype')) return false;
    const descriptor = Object.getOwnPropertyDescriptor(holder, key);
    if (typeof descriptor?.value !== 'function') return false;
    // Static fields are enumerable, static methods are not; a static field may hold any function, or a class.
    return !(isStatic && descriptor.enumerable === true) && !isClass(descriptor.value);
  });
}

function selected(key: string | symbol, { include, exclude }: ClassOptions): boolean {
  return (include === undefined || names(include, key)) && !(exclude !== undefined && names(exclude, key));
}

function names(selection: MemberSelection, key: string | symbol): boolean {
  return selection.some((wanted) => {
    if (!(wanted instanceof RegExp)) return wanted === key;
    // A pattern with the g or y flag remembers where it stopped; a fresh start each time.
    wanted.lastIndex = 0;
    return wanted.test(keyText(key));
  });
}

function metricName(record: AnnotationRecord): string | undefined {
  return isMetric(record) ? record.options.name.toLowerCase() : undefined;
}
