/**
 * The thing that was annotated: a class, or one of its members, told alike in both dialects.
 */

export type ElementKind = 'class' | 'method' | 'getter' | 'function';

export interface Element {
  readonly kind: ElementKind;
  /** The member's name or symbol; `undefined` for the class itself. A plain function has its own name. */
  readonly key: string | symbol | undefined;
  readonly static: boolean;
  /** A `#private` member (standard dialect); its key has the `#`. Left out for all others. */
  readonly private?: true;
}

/** Any class, abstract ones included. */
export type AnyClass = abstract new (...args: never[]) => unknown;

/** Any function or method. */
export type AnyFunction = (...args: never[]) => unknown;

/**
 * The name a class was written with; empty for a nameless one, also where a compiler made one up for a default export. A
 * static member called `name` hides it: then it is read from the class's text. A proxy in a class's place may refuse to be
 * asked: it has no name then.
 */
export function classNameOf(owner: AnyClass): string {
  try {
    const name = Object.getOwnPropertyDescriptor(owner, 'name')?.value as unknown;
    if (typeof name === 'string') return madeUp.test(name) ? '' : name;
    return /^class\s+(?!extends\b)([\w$]+)/.exec(Function.prototype.toString.call(owner))?.[1] ?? '';
  } catch {
    return '';
  }
}

/** No class can be called `default`; TypeScript writes `default_1`. */
const madeUp = /^default(_1)?$/;

export const classElement: Element = Object.freeze({ kind: 'class', key: undefined, static: false });

/** A member's key as people write it: `parse`, or `[Symbol.iterator]` for a symbol. */
export function keyText(key: string | symbol): string {
  return typeof key === 'symbol' ? `[${key.description ?? ''}]` : key;
}

/** `Class.method`, `Class[symbol]`; the member alone where the class has no name (or is not known yet). */
export function elementName(className: string, key: string | symbol | undefined): string {
  if (key === undefined) return className;
  if (className === '') return keyText(key);
  return typeof key === 'symbol' ? `${className}${keyText(key)}` : `${className}.${key}`;
}

/** Whether two elements of one class are the same member. */
export function sameElement(a: Element, b: Element): boolean {
  return a.key === b.key && a.static === b.static && a.kind === b.kind && a.private === b.private;
}

/**
 * Whether `maker` is a function of the language or its host (`Object`, `Array`, …): never a class of the user's. The text
 * of a proxy or a bound function is native, too, but has no name.
 */
export function isBuiltIn(maker: unknown): boolean {
  if (typeof maker !== 'function') return false;
  return /^function [^(]+\(\)\s*\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(maker));
}

/** Whether a function is a class: written as one, or an error class of the language or of down-levelled code. */
export function isClass(value: unknown): value is AnyClass {
  if (typeof value !== 'function') return false;
  if (value === Error || (value as { prototype?: unknown }).prototype instanceof Error) return true;
  return /^class\b/.test(Function.prototype.toString.call(value));
}
