/**
 * A method whose annotation takes something from the arguments with a function of the user's, which throws.
 */
import { readsArguments } from './annotated.js';

export class ReadsArguments {
  @readsArguments
  give(make: () => unknown): unknown {
    return make();
  }
}
