/**
 * The shapes a decorator takes in both dialects, so that the compiler of the user's project picks its own, and refuses
 * one that stands where it can do nothing. Types only: what happens is in `dialect.ts`.
 *
 * The standard dialect hands over the element and a context that says its kind; the legacy one the prototype (or the
 * class, for a static), the key and a property descriptor, and of a class just the class. Fields get no descriptor. A
 * setter's descriptor looks to the compiler like a getter's: in the legacy dialect it is refused as the class is made.
 */
import type { MemberSelector } from '../metadata/records/traced-options.js';
import type { Refused } from './refused.js';
import type { SelectedMethods } from './selected-methods.js';

/** A method, whatever it takes and gives. */
type Method = (this: never, ...args: never[]) => unknown;

/** On a method, static, symbol-named or `#private`, in either dialect. */
export interface OnMethod {
  (value: unknown, context: { readonly kind: 'method' }): void;
  (target: object, key: string | symbol, descriptor: { readonly value?: Method }): void;
}

/** On a method, a getter or an `accessor` field, in either dialect. */
export interface OnMember {
  (value: unknown, context: { readonly kind: 'method' | 'getter' | 'accessor' }): void;
  (target: object, key: string | symbol, descriptor: object): void;
}

/** On a getter or `accessor` field that gives a number, or a method without parameters that does, in either dialect. */
export interface OnReading {
  <Value>(
    value: unknown,
    context: {
      readonly kind: 'method' | 'getter' | 'accessor';
      readonly access: { get(object: never): Value };
    } & Readable<Value>,
  ): void;
  <Value>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<Value> & Readable<Value>): void;
}

/** What a collection can read, now and then nothing. */
type Reading = number | bigint | null | undefined;

/** `unknown` where a member of the type `Value` can be read, else what the compiler quotes. */
type Readable<Value> = [Value] extends [Reading]
  ? unknown
  : [Value] extends [(this: never, ...args: infer Args) => Reading]
    ? Args extends readonly []
      ? unknown
      : Refused<'@Gauged reads a method without parameters', Args>
    : Refused<'@Gauged reads numbers', Value>;

/**
 * On a class, in either dialect. Both call it with the class first; only the standard one has a context. A class whose
 * constructor is private or protected is no constructor to TypeScript, so it is told by its prototype.
 */
export interface OnClass<
  Include extends MemberSelector = never,
  Exclude extends MemberSelector = never,
  Options extends string = never,
> {
  <Class extends { readonly prototype: unknown }>(
    value: Class & SelectedMethods<Class, 'include', Include> & SelectedMethods<Class, 'exclude', Exclude>,
    context?: ContextOfClass<Options>,
  ): void;
}

/** The standard context of a class. On a member the compiler quotes which of the options given is one of a class. */
interface ContextOfClass<Options extends string> {
  readonly kind: 'class';
  /** Never there: it only lets the name stand in the type. */
  readonly options?: Options;
}

/** On a class alone, since `Options` say something of a class only. The legacy dialect's members have no context to say so. */
export interface OnClassOnly<Include extends MemberSelector, Exclude extends MemberSelector, Options extends string>
  extends OnClass<Include, Exclude, Options> {
  (target: Refused<'options of a class', Options>, key: string | symbol, descriptor: object): void;
}

/** `Member` and `OnClass`, or a class alone where there are options that only a class can have. */
export type OnMemberOrClass<
  Member,
  Include extends MemberSelector,
  Exclude extends MemberSelector,
  Inherited extends boolean,
  Prefix extends string = never,
> = [ClassOption<Include, Exclude, Inherited, Prefix>] extends [never]
  ? Member & OnClass<Include, Exclude>
  : OnClassOnly<Include, Exclude, ClassOption<Include, Exclude, Inherited, Prefix>>;

/**
 * The options given that only a class can have. What is as wide as the option itself comes from a variable that may not
 * have it, and says nothing.
 */
type ClassOption<
  Include extends MemberSelector,
  Exclude extends MemberSelector,
  Inherited extends boolean,
  Prefix extends string,
> =
  | Given<'include', Include, MemberSelector>
  | Given<'exclude', Exclude, MemberSelector>
  | Given<'inherited', Inherited, boolean>
  | Given<'prefix', Prefix, string>;

type Given<Option extends string, Value, Widest> = [Value] extends [never]
  ? never
  : [Widest] extends [Value]
    ? never
    : Option;
