/**
 * The user's code, to be run exactly once: it keeps what came of it and never throws, so that a failure of ours around
 * it can't be mistaken for the user's.
 */
import type { AnyFunction } from '../metadata/element.js';
import type { Late } from './late.js';

/** Work to be run once; running it again does nothing. */
export interface Work {
  run(): void;
}

/** Fields are declared and written in the constructor, as those of a `Call` are: there is one for each step of an iteration. */
export class Attempt implements Work, Late {
  declare ran: boolean;
  declare threw: boolean;
  declare value: unknown;
  declare error: unknown;
  /** What it is a part of, and the next, where it is told of late. */
  declare call: Late['call'];
  declare next: Late | undefined;
  declare private readonly target: AnyFunction;
  declare private readonly self: unknown;
  declare private readonly args: readonly unknown[];

  constructor(target: AnyFunction, self: unknown, args: readonly unknown[]) {
    this.ran = false;
    this.threw = false;
    this.value = undefined;
    this.error = undefined;
    this.call = undefined;
    this.next = undefined;
    this.target = target;
    this.self = self;
    this.args = args;
  }

  /** Runs it in other surroundings, and does what it did: gives the value, or throws. */
  resumedIn(advisor: { resume(ambient: unknown, attempt: Attempt): void }, ambient: unknown): unknown {
    advisor.resume(ambient, this);
    if (this.threw) throw this.error;
    return this.value;
  }

  /** Runs the user's code; a second time does nothing. */
  run(): void {
    if (this.ran) return;
    this.ran = true;
    try {
      this.value = Reflect.apply(this.target, this.self, this.args);
    } catch (error) {
      this.threw = true;
      this.error = error;
    }
  }
}
