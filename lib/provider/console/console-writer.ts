/**
 * Writes to the stream the console draws on. A stream that fails (a closed pipe) must not bring the application down:
 * an `error` event nobody listens to would, so there is a listener for as long as a write is under way.
 */
import type { Canvas } from '../../terminal/canvas.js';
import { canvasFor } from '../../terminal/canvas.js';
import type { Environment } from '../settings/environment.js';
import type { ConsoleSettings, TextStream } from '../settings/settings.js';

type Emitter = {
  on?(event: 'error', listener: () => void): unknown;
  removeListener?(event: 'error', listener: () => void): unknown;
};

export class ConsoleWriter {
  readonly #stream: TextStream & Emitter;
  readonly #settings: ConsoleSettings;
  readonly #environment: Environment;
  /** Writes whose end we have not heard of. */
  #underWay = 0;
  #failed = false;
  readonly #fail = (): void => {
    this.#failed = true;
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

  /** Writes `text` and a line end. */
  write(text: string): void {
    if (this.#failed || text === '') return;
    const { write } = this.#stream as { write(text: string, done: (error?: unknown) => void): unknown };
    if (this.#underWay === 0) this.#stream.on?.('error', this.#fail);
    this.#underWay += 1;
    try {
      Reflect.apply(write, this.#stream, [`${text}\n`, (error?: unknown) => this.#written(error)]);
    } catch {
      this.#fail();
    }
  }

  #written(error: unknown): void {
    this.#underWay -= 1;
    // Node tells of a failed write here first and by the event afterwards: then the listener must stay.
    if (error !== undefined && error !== null) this.#fail();
    else if (this.#underWay === 0 && !this.#failed) this.#stream.removeListener?.('error', this.#fail);
  }
}
