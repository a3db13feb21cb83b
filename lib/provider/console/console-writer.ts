/**
 * Writes to the stream the console draws on. A stream that fails (a closed pipe) must not bring the application down:
 * an `error` event nobody listens to would, so there is a listener for as long as a write is under way.
 */
import type { Canvas } from '../../terminal/canvas.js';
import { canvasFor } from '../../terminal/canvas.js';
import type { Environment } from '../settings/environment.js';
import type { ConsoleSettings, TextStream } from '../settings/settings.js';

type Emitter = {
  once?(event: 'error', listener: () => void): unknown;
  removeListener?(event: 'error', listener: () => void): unknown;
};

export class ConsoleWriter {
  readonly #stream: TextStream & Emitter;
  readonly #settings: ConsoleSettings;
  readonly #environment: Environment;
  #failed = false;

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
    const ignore = (): void => {
      this.#failed = true;
    };
    try {
      this.#stream.once?.('error', ignore);
      const { write } = this.#stream as { write(text: string, done?: () => void): unknown };
      // The listener is taken off again when the write has come through: not one more for every line.
      Reflect.apply(write, this.#stream, [`${text}\n`, () => this.#stream.removeListener?.('error', ignore)]);
    } catch {
      this.#failed = true;
    }
  }
}
