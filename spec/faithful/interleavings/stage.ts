/**
 * Where a program is played: what runs when is up to the scheduler, and everything that happened is noted to be held
 * against what was recorded.
 */
import { trace } from '@opentelemetry/api';
import type fc from 'fast-check';
import type { Play } from './program.js';

/** A call that was made, as its caller saw it. Only one that began is told. */
export interface Made {
  readonly key: string;
  readonly caller: string;
  /** What it failed with; `undefined` while it has not. */
  failure: Error | undefined;
  began: boolean;
}

/** Which span must be active where. */
export interface Sight {
  readonly what: string;
  readonly expected: string;
  readonly active: string | undefined;
}

type Drive = (stage: Stage, play: Play, caller: string) => Promise<void>;

let runs = 0;

export class Stage {
  readonly made: Made[] = [];
  readonly sights: Sight[] = [];
  readonly wrong: string[] = [];
  readonly #scheduler: fc.Scheduler;
  readonly #drive: Drive;
  readonly #pending: Promise<void>[] = [];
  readonly #run = (runs += 1);
  #calls = 0;

  constructor(scheduler: fc.Scheduler, drive: Drive) {
    this.#scheduler = scheduler;
    this.#drive = drive;
  }

  /** Makes a call, and is over when its caller is done with it. */
  drive(play: Play, caller: string): Promise<void> {
    return this.#drive(this, play, caller);
  }

  /** A name for one call, of all runs. */
  key(what: string): string {
    this.#calls += 1;
    return `${this.#run}.${this.#calls} ${what}`;
  }

  call(play: Play, caller: string): Made {
    const made: Made = { key: this.key(play.kind), caller, failure: undefined, began: false };
    this.made.push(made);
    return made;
  }

  /** Whoever looks must be within the span of `expected`. */
  look(expected: string, what: string): void {
    this.sights.push({ what, expected, active: trace.getActiveSpan()?.spanContext().spanId });
  }

  expect(right: boolean, what: string): void {
    if (!right) this.wrong.push(what);
  }

  /** Others may run now, also those that came later. */
  async turn(what: string): Promise<void> {
    await this.#scheduler.schedule(Promise.resolve(), what);
  }

  /** Nobody waits for it, but the program is not over without it. */
  aside(work: Promise<void>): void {
    this.#pending.push(work);
  }

  /** Runs until nothing is left to do. */
  async play(): Promise<void> {
    while (this.#pending.length > 0) {
      await this.#scheduler.waitFor(Promise.all(this.#pending.splice(0)));
    }
  }
}
