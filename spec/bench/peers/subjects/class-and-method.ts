/**
 * A class that is annotated as a whole, and a method of it by itself.
 */
import { annotated, annotatedClass } from './annotated.js';

@annotatedClass
export class ClassAndMethod {
  @annotated
  both(): number {
    return 9;
  }
}
