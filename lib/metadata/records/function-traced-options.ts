/**
 * What `traced()` can be told of a function: the options of a method, whose functions of the call know the function's
 * arguments, its `this` and what it gives. Types only.
 */
import type { AnyFunction } from '../element.js';
import type { CallFacts } from '../source.js';
import type { MethodTracedOptions } from './traced-options.js';

/** Which argument of a function is its callback: the last, or the one at an index from 0. */
export type CallbackPlace = 'last' | number;

/** The options of `traced()` for a function of the type `F`, whose call ends with the argument at `Callback` if given. */
export interface FunctionTracedOptions<F extends AnyFunction, Callback extends CallbackPlace = never>
  extends MethodTracedOptions<FactsOf<F, Callback>> {
  /**
   * The argument that is called when the call is over, in Node's style: `(error, result) => …`. `'last'`, or its index from
   * 0. Where the call is given no function there, it ends as it returns.
   */
  readonly callback?: Callback | undefined;
}

/** The facts of a call of `F`: of overloads, those of one of them (of the last four, as far as TypeScript can look). */
type FactsOf<F, Callback extends CallbackPlace> = F extends {
  (this: infer This1, ...args: infer Args1): infer Returned1;
  (this: infer This2, ...args: infer Args2): infer Returned2;
  (this: infer This3, ...args: infer Args3): infer Returned3;
  (this: infer This4, ...args: infer Args4): infer Returned4;
}
  ? Within<
      | CallFacts<Args1, ResultOf<Returned1, Args1, Callback>, This1>
      | CallFacts<Args2, ResultOf<Returned2, Args2, Callback>, This2>
      | CallFacts<Args3, ResultOf<Returned3, Args3, Callback>, This3>,
      CallFacts<Args4, ResultOf<Returned4, Args4, Callback>, This4>
    >
  : CallFacts;

/** A function with one signature has it in every place: said once, the compiler's messages can be read. */
type Within<Others, Last> = [Others] extends [Last] ? Last : Others | Last;

type ResultOf<Returned, Args extends readonly unknown[], Callback extends CallbackPlace> = [Callback] extends [never]
  ? Settled<Returned>
  : Called<Args, Callback> extends (error: never, result: infer Result, ...more: never[]) => unknown
    ? Result | Settled<Returned>
    : unknown;

/** What a call gave once it has settled: what a promise was fulfilled with, a generator's return value. */
type Settled<Returned> =
  Returned extends Promise<infer Value>
    ? Settled<Value>
    : Returned extends Generator<unknown, infer Value, never> | AsyncGenerator<unknown, infer Value, never>
      ? Value
      : Returned;

/** The callback's type; a call that is given none ends as it returns, so it may be left out. */
type Called<Args extends readonly unknown[], Callback extends CallbackPlace> = NonNullable<
  Callback extends 'last'
    ? Required<Args> extends readonly [...unknown[], infer Last]
      ? Last
      : unknown
    : Callback extends number
      ? Args[Callback]
      : unknown
>;
