/**
 * What callers do with a web stream: wholly, partly and not at all.
 */
import type { Journal } from '../journal.js';

export type Chunks = ReadableStream<unknown>;
export type Use = (stream: Chunks, journal: Journal) => void | Promise<void>;

export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export const allOf = async (text: string, stream: Chunks, journal: Journal): Promise<void> => {
  try {
    for await (const chunk of stream) journal.out(text, chunk);
    journal.out(`${text} ends`);
  } catch (error) {
    journal.out(`${text} failed`, error);
  }
};

export const byReader: Use = async (stream, journal) => {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      journal.out(`read ${done}`, value);
      if (done) break;
    }
    await reader.closed;
    journal.out('closed');
  } catch (error) {
    journal.out('failed', error);
    journal.out('closed failed', await reader.closed.catch((reason: unknown) => reason));
  } finally {
    reader.releaseLock();
  }
};

const sink = (journal: Journal): WritableStream<unknown> =>
  new WritableStream({
    write: (chunk) => void journal.out('written', chunk),
    close: () => void journal.out('sink closed'),
    abort: (reason) => void journal.out('sink aborted', reason),
  });

export const piped: Use = (stream, journal) => journal.settled('the pipe', stream.pipeTo(sink(journal)));

/** Ways that take it to its end. */
export const wholly: Readonly<Record<string, Use>> = {
  'read by a reader': byReader,
  'read by for await': (stream, journal) => allOf('chunk', stream, journal),
  'piped to a sink': piped,
  'piped through a transform': (stream, journal) =>
    allOf(
      'through',
      stream.pipeThrough(
        new TransformStream<unknown, unknown>({
          transform: (chunk, controller) => controller.enqueue(`${String(chunk)}!`),
        }),
      ),
      journal,
    ),
  'read by both branches of a tee': async (stream, journal) => {
    const [left, right] = stream.tee();
    await allOf('left', left, journal);
    await allOf('right', right, journal);
  },
  'read by two readers in turn': async (stream, journal) => {
    const first = stream.getReader();
    journal.result('first', (await first.read()) as IteratorResult<unknown>);
    first.releaseLock();
    await byReader(stream, journal);
  },
  'read as the body of a response': async (stream, journal) => {
    const encoded = stream.pipeThrough(
      new TransformStream<unknown, Uint8Array>({
        transform: (chunk, controller) => controller.enqueue(Buffer.from(String(chunk))),
      }),
    );
    await journal.settled('the text', new Response(encoded).text());
  },
};

/** Ways that leave it early. */
export const partly: Readonly<Record<string, Use>> = {
  'cancelled at once': async (stream, journal) => journal.settled('cancel', stream.cancel('no need')),
  'cancelled by its reader': async (stream, journal) => {
    const reader = stream.getReader();
    journal.result('read', (await reader.read()) as IteratorResult<unknown>);
    await journal.settled('cancel', reader.cancel('enough'));
    reader.releaseLock();
  },
  'left by break': async (stream, journal) => {
    for await (const chunk of stream) {
      journal.out('chunk', chunk);
      break;
    }
  },
  'both branches of a tee cancelled': async (stream, journal) => {
    const [left, right] = stream.tee();
    await Promise.all([left.cancel('left'), right.cancel('right')]);
    journal.out('both');
  },
  'piped to a sink that fails': async (stream, journal) => {
    const failing = new WritableStream({
      write: () => {
        throw new RangeError('full');
      },
    });
    await journal.settled('the pipe', stream.pipeTo(failing));
  },
};

export const kept: Readonly<Record<string, Use>> = {
  'not read at all': () => {},
  'read in part': async (stream, journal) => {
    const reader = stream.getReader();
    journal.result('read', (await reader.read()) as IteratorResult<unknown>);
  },
  'cancelled while locked, which is refused': async (stream, journal) => {
    const reader = stream.getReader();
    journal.out('cancel', await stream.cancel().catch((error: unknown) => (error as Error).name));
    reader.releaseLock();
  },
};
