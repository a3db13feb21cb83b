// Which declaration a name stands for, by the language's own rule: the innermost enclosing scope that declares it.
// Uses are kept until their scope closes, because functions and variables may be declared after they are used.
// Blocks are not told apart from the function around them; a name declared twice in one function is the first of the two.

import type { NameUse } from './file-facts.js';

export class LexicalScope {
  readonly #outer: LexicalScope | undefined;
  readonly #symbols = new Map<string, number>();
  readonly #bindings = new Map<string, number>();
  readonly #locals = new Set<string>();
  #uses: NameUse[] = [];

  constructor(outer?: LexicalScope) {
    this.#outer = outer;
  }

  /** The symbol declared here under a name; of a value and a type with the same name, the value. */
  declare(name: string, symbol: number, outranks: boolean): void {
    if (outranks || !this.#symbols.has(name)) this.#symbols.set(name, symbol);
  }

  declared(name: string): number | undefined {
    return this.#symbols.get(name);
  }

  bind(name: string, binding: number): void {
    this.#bindings.set(name, binding);
  }

  local(name: string): void {
    this.#locals.add(name);
  }

  use(use: NameUse): void {
    this.#uses.push(use);
  }

  /** Settles the uses made here and hands on to the enclosing scope those that name nothing of this one. */
  close(): void {
    for (const use of this.#uses) {
      const symbol = this.#symbols.get(use.name);
      const binding = this.#bindings.get(use.name);
      if (symbol !== undefined) use.symbol = symbol;
      else if (binding !== undefined) use.binding = binding;
      else if (this.#locals.has(use.name)) use.local = true;
      else this.#outer?.use(use);
    }
    this.#uses = [];
  }
}
