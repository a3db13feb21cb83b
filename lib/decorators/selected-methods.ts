/**
 * What `include` and `exclude` name, held against the class they stand on. Types only.
 *
 * A typo, a field and an accessor are told from a method by their types. Private members hide theirs: whatever a private
 * member is, its name passes. So does a field that holds a function, which has the type of a method. What is not written
 * out (a `string` from elsewhere, a pattern) says nothing that could be checked.
 */
import type { MemberSelector } from '../metadata/records/traced-options.js';
import type { Refused } from './refused.js';

/** `unknown` where `Names` are methods of `Class`, else what the compiler quotes: the option, and the names that are not. */
export type SelectedMethods<
  Class extends { readonly prototype: unknown },
  Option extends string,
  Names extends MemberSelector,
> = [Names] extends [never]
  ? unknown
  : [NotMethods<Class, Names>] extends [never]
    ? unknown
    : Refused<`${Option}: no method of the class`, NotMethods<Class, Names>>;

type NotMethods<Class extends { readonly prototype: unknown }, Name> = Name extends string | symbol
  ? IsWide<Name> extends true
    ? never
    : true extends IsMethod<MemberOf<Class['prototype'], Name>> | IsMethod<MemberOf<Class, Name>>
      ? never
      : Name
  : never;

/** Whether a type stands for more names than one: `string`, `symbol`, `` `get${string}` ``. */
type IsWide<Name extends string | symbol> = Record<never, never> extends Record<Name, never> ? true : false;

/** The type of a member, `unknown` where there is none. */
type MemberOf<Holder, Name extends string | symbol> = Name extends keyof Holder ? Holder[Name] : Hidden<Holder, Name>;

/**
 * The type of a member that is protected. A private one can't be met by a public one: the whole is `never` then, and that
 * is how it is known to be there. What every object or function has is nobody's method.
 */
type Hidden<Holder, Name extends string | symbol> = [Met<Holder, Name>] extends [never]
  ? never
  : Name extends keyof typeof Object.prototype | keyof CallableFunction
    ? unknown
    : Met<Holder, Name>;

type Met<Holder, Name extends string | symbol> = (Holder & Record<Name, unknown>)[Name];

type IsMethod<Member> = 0 extends 1 & Member
  ? true
  : [Member] extends [never]
    ? true
    : unknown extends Member
      ? false
      : NonNullable<Member> extends (this: never, ...args: never[]) => unknown
        ? true
        : false;
