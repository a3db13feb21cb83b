/**
 * What one run of a case did, in order: told by the method (`in`) and by its caller (`out`), in words that are the same
 * for two runs that did the same. With each entry goes the span that was active there, and the tick it happened in.
 */
import { type Span, trace } from '@opentelemetry/api';
import { traced } from 'spandrel';

export interface Entry {
  /** Who tells it: the method's own code, its caller, or code of which the contract does not say whose it is. */
  readonly side: 'in' | 'out' | 'either';
  readonly text: string;
  /** The id of the active span. */
  readonly active: string | undefined;
  /** Microtask turns since the run began. */
  readonly tick: number;
  /** Promises of the method the caller has waited for so far. */
  readonly asked: number;
  /** The caller has heard of the end, and the method’s span still runs. */
  readonly lasts: boolean;
}

/** A child of the call's span: work that the method does. */
const step = traced({ name: 'step' }, function step() {});

/** Beyond this nobody counts; a run that waits for timers must not be kept from them. */
const ticksAtMost = 200;

export class Journal {
  #entries: Entry[] = [];
  #labels = new Map<unknown, string>();
  #tick = 0;
  #asked = 0;
  #running = false;
  #span: Span | undefined;

  /** Begins the journal of another run. */
  start(): void {
    this.#entries = [];
    this.#labels = new Map();
    this.#tick = 0;
    this.#asked = 0;
    this.#running = true;
    this.#span = undefined;
    void this.#count();
  }

  /** The run is over; what comes later is not told. */
  stop(): readonly Entry[] {
    this.#running = false;
    return this.#entries;
  }

  /** Lets go of all it was shown. */
  forget(): void {
    this.#labels.clear();
    this.#span = undefined;
  }

  /** From now on `value` is called `label`; anything else that is no primitive is `something else`. */
  label<T>(value: T, label: string): T {
    this.#labels.set(value, label);
    return value;
  }

  /** The method begins: with what `this` and which arguments. */
  begin(self: unknown, args: readonly unknown[]): void {
    this.in(`begins with ${args.length} arguments, this is`, self, 'they are', ...args);
    this.#span = trace.getActiveSpan();
    step();
  }

  /** The method does some work that is a span of its own. */
  step(): void {
    step();
  }

  in(text: string, ...values: readonly unknown[]): void {
    this.#note('in', text, values);
  }

  out(text: string, ...values: readonly unknown[]): void {
    this.#note('out', text, values);
  }

  either(text: string, ...values: readonly unknown[]): void {
    this.#note('either', text, values);
  }

  /** The caller waits for a promise that comes of the method: a derived one costs a tick. */
  ask<T>(promise: T): T {
    this.#asked += 1;
    return promise;
  }

  /** So many of them, one after the other, where the language does the waiting. */
  asks(times: number): void {
    this.#asked += times;
  }

  /** An iterator's result, as the caller gets it. */
  result(text: string, { done, value }: IteratorResult<unknown>): void {
    this.#note('out', `${text}: ${done === true ? 'done' : 'not done'}`, [value], done === true);
  }

  /** Tells what `work` throws, and nothing when it does not. */
  caught(work: () => unknown): void {
    try {
      work();
    } catch (error) {
      this.out('caught', error);
    }
  }

  /** How a promise of the method settles. */
  async settled(text: string, promise: PromiseLike<unknown>): Promise<void> {
    try {
      const value = await this.ask(promise);
      this.#note('out', `${text} gave`, [value], true);
    } catch (error) {
      this.#note('out', `${text} failed`, [error], true);
    }
  }

  #note(side: Entry['side'], text: string, values: readonly unknown[], isEnd = false): void {
    if (!this.#running) return;
    this.#entries.push({
      side,
      text: [text, ...values.map((value) => this.#show(value))].join(' '),
      active: trace.getActiveSpan()?.spanContext().spanId,
      tick: this.#tick,
      asked: this.#asked,
      lasts: isEnd && this.#span?.isRecording() === true,
    });
  }

  #show(value: unknown): string {
    const label = this.#labels.get(value);
    if (label !== undefined) return `<${label}>`;
    if (typeof value === 'function') return 'some function';
    if (typeof value !== 'object' || value === null) {
      return Object.is(value, -0) ? '-0' : typeof value === 'bigint' ? `${value}n` : String(value);
    }
    return value instanceof Error ? `${value.name}: ${value.message}` : 'something else';
  }

  async #count(): Promise<void> {
    while (this.#running && this.#tick < ticksAtMost) {
      await undefined;
      this.#tick += 1;
    }
  }
}
