/**
 * Mistakes that a compiler must refuse, as rows: the code with the wrong part between « and », and words that the
 * compiler's message has. The marks are taken out before it is compiled.
 */
import type { Dialect } from '../support/in-memory-program.js';

export interface Mistake {
  readonly what: string;
  /** With one pair of marks: where the compiler must point at, and nowhere else. */
  readonly code: string;
  /** What its message says: the option, the place, what is allowed. */
  readonly says: readonly string[];
  /** What only one dialect's compiler can see; both unless given. */
  readonly only?: Dialect;
}

/** On a method, inside a class: `decorator` is written with marks. */
export function onMethod(what: string, decorator: string, ...says: readonly string[]): Mistake {
  return { what, code: `class Shop { ${decorator} order(item: string): string[] { return [item]; } }`, says };
}

/** On a class with a method, a field, an accessor and private members. */
export function onClass(what: string, decorator: string, ...says: readonly string[]): Mistake {
  const members = [
    'order(): void {}',
    'count = 1;',
    'get size(): number { return 1; }',
    'accessor rate = 1;',
    'static region = 2;',
    '[tag](): void {}',
  ];
  return {
    what,
    code: `const tag: unique symbol = Symbol('tag');\n${decorator} class Shop { ${members.join(' ')} }`,
    says,
  };
}

/** A member of a class, decorator and all. */
export function member(what: string, code: string, ...says: readonly string[]): Mistake {
  return { what, code: `class Shop { ${code} }`, says };
}
