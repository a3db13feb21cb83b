/**
 * A method that is annotated twice, as happens where a base class, a mixin and a team's own decorator meet.
 */
import { annotated } from './annotated.js';

export class Twice {
  @annotated
  @annotated
  give(make: () => unknown): unknown {
    return make();
  }
}
