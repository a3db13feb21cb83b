/**
 * Methods that give back whatever a method can give. What they do inside comes from the case, so that all packages run
 * the very same bodies.
 */
import { annotated } from './annotated.js';

type Note = (what: string) => void;

export class Returns {
  factor = 2;

  @annotated
  give(make: () => unknown): unknown {
    return make();
  }

  @annotated
  async later(make: () => unknown): Promise<unknown> {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return make();
  }

  @annotated
  receive(make: (done: (error: unknown, result?: unknown) => void) => void, done: () => void): void {
    make(done);
  }

  @annotated
  *count(note: Note, upTo: number): Generator<number, string, number | undefined> {
    try {
      for (let at = 1; at <= upTo; at += 1) {
        note(`body ${at}`);
        const sent = yield at;
        if (sent !== undefined) note(`sent ${sent}`);
      }
      return 'counted';
    } finally {
      note('body over');
    }
  }

  @annotated
  async *stream(note: Note, upTo: number, failAt?: number): AsyncGenerator<number, string, number | undefined> {
    try {
      for (let at = 1; at <= upTo; at += 1) {
        await new Promise((resolve) => setTimeout(resolve, 2));
        note(`body ${at}`);
        if (at === failAt) throw new Error('broken off');
        const sent = yield at;
        if (sent !== undefined) note(`sent ${sent}`);
      }
      return 'streamed';
    } finally {
      note('body over');
    }
  }
}
