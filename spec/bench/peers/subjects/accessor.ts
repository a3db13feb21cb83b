/**
 * An annotated `accessor` field.
 */
import { annotated } from './annotated.js';

export class Accessor {
  @annotated
  accessor size = 8;
}
