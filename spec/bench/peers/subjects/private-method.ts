/**
 * A method that nobody outside can reach.
 */
import { annotated } from './annotated.js';

export class PrivateMethod {
  @annotated
  #hidden(): number {
    return 5;
  }

  reveal(): number {
    return this.#hidden();
  }
}
