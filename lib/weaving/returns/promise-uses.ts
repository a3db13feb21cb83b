/**
 * The uses of one promise that a call gave: each call on it that is answered later. The end of the last one that is under
 * way is the end of the call.
 */
import type { Call } from '../call.js';
import type { Resting } from '../lasting.js';
import type { Ending } from './ending.js';

type Outcome = { readonly threw: boolean; readonly value: unknown };

/** All uses of what one call gave. */
export class Uses {
  readonly call: Call;
  /** One of the watched methods is running: what it calls on its own object is no use of the caller's. */
  inside = false;
  /** How often `then` was called. */
  asked = 0;
  #pending = 0;
  #outcome: Outcome | undefined;
  #uncovers: (() => unknown)[] = [];

  constructor(call: Call) {
    this.call = call;
  }

  /** Nothing of ours stays on the promise when the call is over. */
  coveredBy(uncover: () => unknown): void {
    this.#uncovers.push(uncover);
  }

  uncover(): void {
    for (const off of this.#uncovers.splice(0)) off();
  }

  /** One more use is under way. */
  begin(): Use {
    this.#pending += 1;
    this.call.plan.advisor.lasting.stir(this.call);
    return new Use(this);
  }

  /** A use is over; without an outcome it was none. A failure counts more than what else the caller got. */
  end(outcome: Outcome | undefined): void {
    const { call } = this;
    this.#pending -= 1;
    if (this.#outcome?.threw !== true) this.#outcome = outcome ?? this.#outcome;
    if (this.#pending > 0 || call.over) return;
    if (this.#outcome === undefined) {
      call.plan.advisor.lasting.rest(call);
      return;
    }
    if (this.#outcome.threw) call.fail(this.#outcome.value);
    else call.succeed(this.#outcome.value);
    this.uncover();
  }
}

export class Use implements Ending {
  readonly uses: Uses;
  over = false;
  resting: Resting | undefined;

  constructor(uses: Uses) {
    this.uses = uses;
  }

  succeed(value: unknown): void {
    this.#end({ threw: false, value });
  }

  fail(value: unknown): void {
    this.#end({ threw: true, value });
  }

  /** It was no use: an answer was there at once, or another use has it. */
  none(): void {
    this.#end(undefined);
  }

  abandon(at: number): void {
    if (this.over) return;
    this.over = true;
    this.uses.call.abandon(at);
    this.uses.uncover();
  }

  #end(outcome: Outcome | undefined): void {
    if (this.over) return;
    this.over = true;
    this.uses.end(outcome);
  }
}
