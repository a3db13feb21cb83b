/**
 * Never more than a limit: in any stretch of time so much a second, and what the bucket holds, which is one second's worth. A trace is
 * let through whole or not at all. One larger than the bucket goes through where it is full, and leaves a debt: the average holds, and
 * a limit below the size of a trace is not one of none.
 */
export class TokenBucket {
  readonly #perSecond: number;
  #tokens: number;
  #filledAt: number;

  constructor(perSecond: number, now: number) {
    this.#perSecond = perSecond;
    this.#tokens = perSecond;
    this.#filledAt = now;
  }

  hasRoom(spans: number, now: number): boolean {
    this.#fill(now);
    return this.#tokens >= Math.min(spans, this.#perSecond);
  }

  take(spans: number): void {
    this.#tokens -= spans;
  }

  /** Takes what there is of so many, without regard to traces. */
  takeUpTo(spans: number, now: number): number {
    this.#fill(now);
    const taken = Math.min(spans, this.#tokens);
    this.#tokens -= taken;
    return taken;
  }

  #fill(now: number): void {
    // Never backwards: a clock that was put in the place of another may begin anew.
    const passed = Math.max(0, now - this.#filledAt);
    this.#filledAt = now;
    this.#tokens = Math.min(this.#perSecond, this.#tokens + (this.#perSecond * passed) / 1000);
  }
}
