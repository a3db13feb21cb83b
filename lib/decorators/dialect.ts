/**
 * Where the two decorator dialects end. In come the arguments a compiler gives a decorator, TypeScript's
 * `experimentalDecorators` or the standard's; out goes one frozen record for the class. Nothing past this file knows
 * which dialect it was, and the legacy half can be deleted together with `legacy.ts`.
 */
import { isSpandrelFault, SpandrelFault } from '../faults/fault.js';
import { placeOf } from '../metadata/conflicts.js';
import { type AnyClass, classElement, classNameOf, type Element, isBuiltIn } from '../metadata/element.js';
import { type AnnotationRecord, wordOf } from '../metadata/records/record.js';
import { rememberLegacy } from './legacy.js';
import { type Meeting, meet } from './meeting.js';
import { type Annotation, misplaced, refuseClassOptions, refusePlace } from './places.js';
import { rememberStandard } from './standard.js';

type Options = AnnotationRecord['options'];

/**
 * The decorator for an annotation, in whichever dialect it is called. `check` gives the checked options; a fault it
 * throws is thrown where the decorator is applied, when the element it is about is known.
 */
export function decorator(
  given: Annotation,
  check: () => Options,
): (...args: readonly unknown[]) => PropertyDescriptor | undefined {
  const optionsFor = checkedNow(check);
  const meeting = (element: Element, className: string): Meeting => {
    const where = placeOf(className, element);
    const options = optionsFor(where);
    refuseClassOptions(given, element, options, where);
    return meet(given.annotation, options, element, where);
  };
  return (...args) => {
    const [target, second, third] = args;
    if (isStandardContext(second)) {
      const className = second.kind === 'class' ? classNameOf(target as AnyClass) : '';
      const element = standardElement(given, second);
      refusePlace(given, element, className, target);
      rememberStandard(meeting(element, className), second, target as AnyClass);
      return undefined;
    }
    const owner = legacyOwner(given, target);
    const className = classNameOf(owner);
    const element = legacyElement(given, args, className);
    const { value, get } = (third ?? {}) as PropertyDescriptor;
    refusePlace(given, element, className, value ?? get);
    return rememberLegacy(meeting(element, className), owner, third as PropertyDescriptor | undefined);
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
  if (context.kind !== 'method' && context.kind !== 'getter') throw misplaced(given, context.kind, '', context.name);
  if (context.private) throw misplaced(given, `private ${context.kind}`, '', context.name);
  return member(context.kind, context.name, context.static);
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
  if (descriptor === undefined || descriptor === null) throw misplaced(given, 'field', className, key);
  const { value, get, set } = descriptor as PropertyDescriptor;
  const isStatic = typeof target === 'function';
  if (typeof value === 'function') return member('method', key, isStatic);
  if (get !== undefined) return member('getter', key, isStatic);
  throw misplaced(given, set === undefined ? 'field' : 'setter', className, key);
}

function member(kind: 'method' | 'getter', key: string | symbol, isStatic: boolean): Element {
  return Object.freeze({ kind, key, static: isStatic });
}

function unknownDialect(given: Annotation): SpandrelFault {
  return new SpandrelFault('SPANDREL_UNKNOWN_DIALECT', '', { annotation: wordOf[given.annotation] });
}
