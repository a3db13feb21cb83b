/**
 * Several advices as one: each is told, whatever another throws. (`Call` does the same for the two it has fields for.)
 */
import type { Advice, AdvisedCall } from './advice.js';
import { adviceFailed, nothing } from './advice-failed.js';
import type { Work } from './attempt.js';
import type { CallSite } from './call-site.js';
import { unbegun } from './unbegun.js';

type States = readonly unknown[];

/** Beside the user's code. */
export class Several implements Advice<States> {
  protected readonly advice: readonly Advice[];
  readonly #site: CallSite;
  /** What each threw; made before anything is thrown. */
  readonly #thrown: unknown[];

  /** `advice` is given outermost first. */
  constructor(advice: readonly Advice[], site: CallSite) {
    this.advice = advice;
    this.#site = site;
    this.#thrown = advice.map(() => nothing);
    // Compiled before a call ends at the end of the stack: to compile it there takes more of the stack than to run it.
    this.withdrawn(advice.map(() => unbegun));
  }

  begin(call: AdvisedCall, found: unknown): States {
    const { advice } = this;
    const states = new Array<unknown>(advice.length).fill(unbegun);
    let failed = false;
    for (let i = 0; i < advice.length; i += 1) {
      try {
        states[i] = advice[i]?.begin?.(call, found);
      } catch (error) {
        this.#thrown[i] = error;
        failed = true;
      }
    }
    if (failed) {
      try {
        this.#tell();
      } catch {
        // No stack left to tell it: what has begun must be known all the same, since it will end.
      }
    }
    return states;
  }

  /** Innermost first; without a call, it was none. The loop stands here: what begins must find the stack to end. */
  settled(states: States, call: AdvisedCall | undefined): void {
    const { advice } = this;
    let failed = false;
    for (let i = advice.length - 1; i >= 0; i -= 1) {
      const state = states[i];
      if (state === unbegun) continue;
      try {
        if (call === undefined) advice[i]?.withdrawn?.(state);
        else advice[i]?.settled(state, call);
      } catch (error) {
        this.#thrown[i] = error;
        failed = true;
      }
    }
    if (failed) this.#tell();
  }

  #tell(): void {
    const thrown = [...this.#thrown];
    this.#thrown.fill(nothing);
    adviceFailed(this.#site, ...thrown);
  }

  lasts(states: States): void {
    for (let i = 0; i < this.advice.length; i += 1) if (states[i] !== unbegun) this.advice[i]?.lasts?.(states[i]);
  }

  withdrawn(states: States): void {
    this.settled(states, undefined);
  }
}

/** Around the user's code, which runs inside the innermost that wants it to and has begun. */
export class SeveralAround extends Several {
  within(states: States, work: Work): void {
    for (let i = this.advice.length - 1; i >= 0; i -= 1) {
      const one = this.advice[i];
      if (one?.within !== undefined && states[i] !== unbegun) return one.within(states[i], work);
    }
  }
}
