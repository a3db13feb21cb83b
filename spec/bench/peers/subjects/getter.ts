/**
 * An annotated getter.
 */
import { annotated } from './annotated.js';

export class Getter {
  @annotated
  get size(): number {
    return 6;
  }
}
