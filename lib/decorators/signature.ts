/**
 * The shapes a decorator takes in both dialects, so that the compiler of the user's project picks its own. Types only:
 * what happens is in `dialect.ts`.
 */

/** On a method, static or not, in either dialect. */
export interface OnMethod {
  <This, Args extends unknown[], Result>(
    value: (this: This, ...args: Args) => Result,
    context: ClassMethodDecoratorContext<This, (this: This, ...args: Args) => Result>,
  ): void;
  <Value extends (...args: never[]) => unknown>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<Value>,
  ): void;
}

/** On a getter, in either dialect. */
export interface OnGetter {
  <This, Value>(value: (this: This) => Value, context: ClassGetterDecoratorContext<This, Value>): void;
  <Value>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<Value>): void;
}

/**
 * On a class, in either dialect. Both call it with the class first; only the standard one has a context. A class whose
 * constructor is private or protected is no constructor to TypeScript, so it is told by its prototype.
 */
export interface OnClass {
  <Class extends { readonly prototype: unknown }>(value: Class, context?: { readonly kind: 'class' }): void;
}
