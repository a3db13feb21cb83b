/**
 * Methods whose function is looked at from outside: what it is called, what hangs on it, who `this` is.
 */
import { annotated } from './annotated.js';
import { marked } from './marked.js';

export const symbolName = Symbol('named by a symbol');

export class Identity {
  readonly #own = 'own';

  @annotated
  someName(_a: number, _b: number, _c: number): void {}

  @annotated
  @marked
  markedBelow(): void {}

  @marked
  @annotated
  markedAbove(): void {}

  @annotated
  own(): string {
    return this.#own;
  }

  @annotated
  static fixed(): unknown {
    // biome-ignore lint/complexity/noThisInStatic: who `this` is, is what is asked
    return this;
  }

  @annotated
  [symbolName](): number {
    return 7;
  }
}
