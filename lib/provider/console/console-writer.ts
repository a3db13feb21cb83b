/**
 * Writes to the stream the console draws on. A stream that fails (a closed pipe) must not bring the application down:
 * an `error` event nobody listens to would, so there is a listener for as long as a write is under way.
 */
import { messageOf, report } from '../../faults/report.js';
import { type Canvas, canvasFor } from '../../terminal/canvas.js';
import type { Environment } from '../settings/environment.js';
import type { ConsoleSettings, TextStream } from '../settings/settings.js';
import { unobserved } from '../unobserved.js';

type Emitter = {
  on?(event: 'error', listener: (error: unknown) => void): unknown;
  removeListener?(event: 'error', listener: (error: unknown) => void): unknown;
};

export class ConsoleWriter {
  readonly #stream: TextStream & Emitter;
  readonly #settings: ConsoleSettings;
  readonly #environment: Environment;
  /** Writes whose end we have not heard of. */
  #underWay = 0;
  #failed = false;
  #reason: string | undefined;
  readonly #fail = (error?: unknown): void => {
    if (this.#failed) return;
    this.#failed = true;
    this.#reason = messageOf(error ?? 'the stream cannot be written to');
    report('SPANDREL_CONSOLE_CLOSED', '', { error: this.#reason });
  };

  constructor(settings: ConsoleSettings, environment: Environment) {
    this.#stream = settings.stream ?? process.stdout;
    this.#settings = settings;
    this.#environment = environment;
  }

  /** As wide as the stream is now: a terminal may be resized. */
  canvas(): Canvas {
    return canvasFor(this.#stream, this.#environment, this.#settings);
  }

  /** Why nothing is written any more; `undefined` while the stream works. */
  get failure(): string | undefined {
    return this.#reason;
  }

  /** Writes `text` and a line end; `false` where the stream has failed. A write that is still under way counts as done. */
  write(text: string): boolean {
    if (this.#failed) return false;
    if (text === '') return true;
    const { write } = this.#stream as { write(text: string, done: (error?: unknown) => void): unknown };
    if (this.#underWay === 0) this.#stream.on?.('error', this.#fail);
    this.#underWay += 1;
    try {
      unobserved(() => Reflect.apply(write, this.#stream, [`${text}\n`, (error?: unknown) => this.#written(error)]));
    } catch (error) {
      this.#fail(error);
    }
    return !this.#failed;
  }

  #written(error: unknown): void {
    this.#underWay -= 1;
    // Node tells of a failed write here first and by the event afterwards: then the listener must stay.
    if (error !== undefined && error !== null) this.#fail(error);
    else if (this.#underWay === 0 && !this.#failed) this.#stream.removeListener?.('error', this.#fail);
  }
}
