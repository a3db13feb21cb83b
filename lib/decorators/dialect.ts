/**
 * Where the two decorator dialects end. In come the arguments a compiler gives a decorator, TypeScript's
 * `experimentalDecorators` or the standard's; out goes one frozen record for the class. Nothing past this file knows
 * which dialect it was, and the legacy half can be deleted together with `legacy.ts`.
 */
import { SpandrelFault } from '../faults/fault.js';
import { type AnyClass, classElement, type Element, type ElementKind } from '../metadata/element.js';
import { type AnnotationRecord, wordOf } from '../metadata/records/record.js';
import { rememberLegacy } from './legacy.js';
import { meet } from './meeting.js';
import { rememberStandard } from './standard.js';

/** What a decorator factory knows before it meets its element. */
export interface Annotation {
  readonly annotation: AnnotationRecord['annotation'];
  readonly options: AnnotationRecord['options'];
  /** Where it may stand. */
  readonly places: readonly ElementKind[];
}

/** The decorator for an annotation, in whichever dialect it is called. */
export function decorator(given: Annotation): (...args: readonly unknown[]) => PropertyDescriptor | undefined {
  const { annotation, options } = given;
  return (...args) => {
    const [target, second, third] = args;
    if (isStandardContext(second)) {
      const element = standardElement(given, second, target);
      const className = element.kind === 'class' ? (target as AnyClass).name : '';
      rememberStandard(meet(annotation, options, element, className), second, target as AnyClass);
      return undefined;
    }
    const element = legacyElement(given, args);
    const owner = (element.kind === 'class' || element.static ? target : (target as object).constructor) as AnyClass;
    return rememberLegacy(meet(annotation, options, element, owner.name), owner, third as PropertyDescriptor | undefined);
  };
}

type StandardContext = DecoratorContext & { readonly kind: string };

function isStandardContext(value: unknown): value is StandardContext {
  return typeof value === 'object' && value !== null && typeof (value as { kind?: unknown }).kind === 'string';
}

function standardElement(given: Annotation, context: StandardContext, value: unknown): Element {
  if (context.kind === 'class') return allowed(given, classElement, '', value);
  if (context.kind !== 'method' && context.kind !== 'getter') throw misplaced(given, `a ${context.kind}`, context.name);
  if (context.private) throw misplaced(given, `a private ${context.kind}`, context.name);
  return allowed(given, member(context.kind, context.name, context.static), context.name, value);
}

function legacyElement(given: Annotation, args: readonly unknown[]): Element {
  const [target, key, descriptor] = args;
  if (args.length === 1 && typeof target === 'function') return allowed(given, classElement, target.name, target);
  if ((typeof key !== 'string' && typeof key !== 'symbol' && key !== undefined) || target === null) throw unknown(given);
  if (typeof target !== 'function' && typeof target !== 'object') throw unknown(given);
  if (typeof descriptor === 'number') throw misplaced(given, 'a parameter', key ?? 'constructor');
  if (key === undefined) throw unknown(given);
  if (descriptor === undefined || descriptor === null) throw misplaced(given, 'a field', key);
  const { value, get, set } = descriptor as PropertyDescriptor;
  const isStatic = typeof target === 'function';
  if (typeof value === 'function') return allowed(given, member('method', key, isStatic), key, value);
  if (get !== undefined) return allowed(given, member('getter', key, isStatic), key, get);
  throw misplaced(given, set === undefined ? 'a field' : 'a setter', key);
}

function member(kind: 'method' | 'getter', key: string | symbol, isStatic: boolean): Element {
  return Object.freeze({ kind, key, static: isStatic });
}

function allowed(given: Annotation, element: Element, name: string | symbol, value: unknown): Element {
  if (!given.places.includes(element.kind)) throw misplaced(given, `a ${element.kind}`, name);
  if (given.annotation === 'gauged' && element.kind === 'method' && (value as { length: number }).length > 0) {
    throw new SpandrelFault('SPANDREL_GAUGE_PARAMETERS', String(name));
  }
  return element;
}

const placeWords: Readonly<Record<ElementKind, string>> = {
  class: 'a class',
  method: 'a method',
  getter: 'a getter',
  function: 'a function',
};

function misplaced(given: Annotation, place: string, name: string | symbol): SpandrelFault {
  return new SpandrelFault('SPANDREL_WRONG_PLACE', String(name), {
    annotation: wordOf[given.annotation],
    place,
    allowed: given.places.map((kind) => placeWords[kind]).join(' or '),
  });
}

function unknown(given: Annotation): SpandrelFault {
  return new SpandrelFault('SPANDREL_UNKNOWN_DIALECT', '', { annotation: wordOf[given.annotation] });
}
