/**
 * Where the two decorator dialects end. In come the arguments a compiler gives a decorator, TypeScript's
 * `experimentalDecorators` or the standard's; out goes one frozen record for the class. Nothing past this file knows
 * which dialect it was, and the legacy half can be deleted together with `legacy.ts`.
 */
import { isSpandrelFault, SpandrelFault } from '../faults/fault.js';
import { placeOf } from '../metadata/conflicts.js';
import {
  type AnyClass,
  type AnyFunction,
  classElement,
  classNameOf,
  type Element,
  elementName,
  isBuiltIn,
} from '../metadata/element.js';
import { type AnnotationRecord, wordOf } from '../metadata/records/record.js';
import { refuseContradictions } from './contradictions.js';
import { rememberLegacy } from './legacy.js';
import { type Meeting, meet } from './meeting.js';
import { type Annotation, misplaced, refuseClassOptions, refusePlace } from './places.js';
import { rememberStandard } from './standard.js';

type Options = AnnotationRecord['options'];

/**
 * The decorator for an annotation, in whichever dialect it is called. `check` gives the checked options; a fault it
 * throws is thrown where the decorator is applied, when the element it is about is known.
 */
export function decorator(given: Annotation, check: () => Options): (...args: readonly unknown[]) => unknown {
  const optionsFor = checkedNow(check);
  const word = `@${wordOf[given.annotation]}`;
  const meeting = (element: Element, className: string, value: unknown): Meeting => {
    const where = placeOf(className, element);
    const options = optionsFor(where);
    refuseClassOptions(given, element, options, where);
    refuseContradictions({ word, where }, options as Readonly<Record<string, unknown>>, element.kind, value);
    return meet(given.annotation, options, element, where);
  };
  return (...args) => {
    const [target, second, third] = args;
    if (isStandardContext(second)) {
      const className = second.kind === 'class' ? classNameOf(target as AnyClass) : '';
      const element = standardElement(given, second);
      const isAccessor = second.kind === 'accessor';
      // Of an `accessor` field it is the getter that is annotated; its setter is left alone.
      const value = isAccessor ? (target as { get: AnyFunction }).get : target;
      refusePlace(given, element, className, value, second.kind);
      const placed = rememberStandard(meeting(element, className, value), second, value);
      return isAccessor && placed !== undefined ? { get: placed } : placed;
    }
    const owner = legacyOwner(given, target);
    const className = classNameOf(owner);
    const element = legacyElement(given, args, className);
    const { value = methodAt(target, second), get } = (third ?? {}) as PropertyDescriptor;
    refusePlace(given, element, className, value ?? get);
    return rememberLegacy(meeting(element, className, value ?? get), owner, third as PropertyDescriptor | undefined);
  };
}

/** Checks at once, so that the stack leads to the annotation; throws later, so that the fault can name the element. */
function checkedNow<T>(check: () => T): (where: string) => T {
  try {
    const checked = check();
    return () => checked;
  } catch (fault) {
    return (where) => {
      throw isSpandrelFault(fault) ? fault.at(where) : fault;
    };
  }
}

type StandardContext = DecoratorContext & { readonly kind: string };

function isStandardContext(value: unknown): value is StandardContext {
  return typeof value === 'object' && value !== null && typeof (value as { kind?: unknown }).kind === 'string';
}

function standardElement(given: Annotation, context: StandardContext): Element {
  if (context.kind === 'class') return classElement;
  const { name, private: isPrivate, static: isStatic } = context;
  if (context.kind === 'method') return member('method', name, isStatic, isPrivate);
  if (context.kind === 'getter' || context.kind === 'accessor') return member('getter', name, isStatic, isPrivate);
  throw misplaced(given, context.kind, '', name);
}

/** The class handed over, or the one whose prototype was. A plain object has one, too: the language's `Object`. */
function legacyOwner(given: Annotation, target: unknown): AnyClass {
  const maker = typeof target === 'object' && target !== null ? target.constructor : target;
  if (typeof maker !== 'function' || isBuiltIn(maker)) throw unknownDialect(given);
  return maker as unknown as AnyClass;
}

function legacyElement(given: Annotation, args: readonly unknown[], className: string): Element {
  const [target, key, descriptor] = args;
  if (args.length === 1 && typeof target === 'function') return classElement;
  if (typeof descriptor === 'number') throw misplaced(given, 'parameter', className, (key as string) ?? 'constructor');
  if (typeof key !== 'string' && typeof key !== 'symbol') throw unknownDialect(given);
  if (descriptor === undefined || descriptor === null) {
    // Compilers refuse this place or skip it; one that calls the decorator has no method to hand over.
    throw String(key).startsWith('#')
      ? privateInLegacy(given, className, key)
      : misplaced(given, 'field', className, key);
  }
  const { value, get, set } = descriptor as PropertyDescriptor;
  const isStatic = typeof target === 'function';
  if (typeof value === 'function' || methodAt(target, key) !== undefined) return member('method', key, isStatic);
  if (get !== undefined) return member('getter', key, isStatic);
  throw misplaced(given, set === undefined ? 'field' : 'setter', className, key);
}

/** What was written as a method stands so on the class, also where a decorator below handed on an accessor in its place. */
function methodAt(target: unknown, key: unknown): AnyFunction | undefined {
  const standing: unknown = Object.getOwnPropertyDescriptor(target, key as string | symbol)?.value;
  return typeof standing === 'function' ? (standing as AnyFunction) : undefined;
}

function member(kind: 'method' | 'getter', key: string | symbol, isStatic: boolean, isPrivate = false): Element {
  return Object.freeze({ kind, key, static: isStatic, ...(isPrivate ? { private: true as const } : {}) });
}

function privateInLegacy(given: Annotation, className: string, key: Element['key']): SpandrelFault {
  return new SpandrelFault('SPANDREL_LEGACY_PRIVATE', elementName(className, key), {
    annotation: wordOf[given.annotation],
    key: String(key),
    plain: String(key).slice(1),
  });
}

function unknownDialect(given: Annotation): SpandrelFault {
  return new SpandrelFault('SPANDREL_UNKNOWN_DIALECT', '', { annotation: wordOf[given.annotation] });
}
