/**
 * A method in Node's callback style, annotated as the package says such a one should be.
 */
import { awaitsCallback } from './annotated.js';

export class Callbacks {
  @awaitsCallback
  receive(make: (done: () => void) => void, done: () => void): void {
    make(done);
  }
}
