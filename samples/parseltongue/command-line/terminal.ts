// The terminal as this program uses it: text on standard output, and a progress line on standard error that gives way
// whenever something is written, so that the two never end up on one line. Where standard error is no terminal, the line
// becomes a few plain ones.

import type { TextStream } from 'spandrel';

export interface Screen extends TextStream {
  write(text: string, done?: () => void): unknown;
}

/** Between two drawings of the progress line, in milliseconds. */
const REDRAW = 100;
/** Parts of the work after which a plain line is written. */
const QUARTERS = 4;

export class Terminal implements TextStream {
  readonly #out: Screen;
  readonly #status: Screen;
  #shown = false;
  #drawnAt = -Infinity;
  #quarter = 0;

  constructor(out: Screen, status: Screen) {
    this.#out = out;
    this.#status = status;
  }

  get isTTY(): boolean {
    return this.#out.isTTY === true;
  }

  get columns(): number | undefined {
    return this.#out.columns;
  }

  write(text: string, done?: () => void): void {
    this.clear();
    this.#out.write(text, done);
  }

  /** Shows how far the work is; `describe` is only asked when the line is drawn. */
  progress(done: number, total: number, describe: () => string): void {
    if (this.#status.isTTY) this.#redraw(done === total, describe);
    else this.#quarterly(done, total, describe);
  }

  /** Takes the progress line away. */
  clear(): void {
    if (this.#shown) this.#status.write('\r\u001b[K');
    this.#shown = false;
  }

  #redraw(last: boolean, describe: () => string): void {
    const now = performance.now();
    if (now - this.#drawnAt < REDRAW && !last) return;
    this.#drawnAt = now;
    this.#shown = true;
    // A terminal that does not know its width says 0.
    this.#status.write(`\r\u001b[K${describe().slice(0, (this.#status.columns || 80) - 1)}`);
  }

  #quarterly(done: number, total: number, describe: () => string): void {
    const quarter = Math.floor((done * QUARTERS) / total);
    if (quarter > this.#quarter) this.#status.write(`${describe()}\n`);
    this.#quarter = quarter;
  }
}
