/**
 * A method whose annotation takes something from the result with a function of the user's, which throws.
 */
import { readsResult } from './annotated.js';

export class ReadsResult {
  @readsResult
  give(make: () => unknown): unknown {
    return make();
  }
}
