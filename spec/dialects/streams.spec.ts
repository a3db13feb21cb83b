/**
 * Methods that give a stream to be read: the caller gets the very stream, and the call lasts as long as it does.
 */
import { errorMonitor } from 'node:events';
import { Duplex, PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Counted, InFlight, Traced } from 'spandrel';
import { failedSpan, recorded, span } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

class Files {
  @Traced()
  @Counted('files.given')
  @InFlight('files.open')
  give<T>(stream: T): T {
    return stream;
  }

  @Traced()
  async later<T>(stream: T): Promise<T> {
    await undefined;
    return stream;
  }
}

/** Three chunks; then the end, or `error`. */
function web(error?: unknown): ReadableStream<number> {
  let sent = 0;
  return new ReadableStream({
    pull(controller) {
      if (sent < 3) controller.enqueue(sent++);
      else if (error === undefined) controller.close();
      else controller.error(error);
    },
  });
}

async function drained(stream: ReadableStream<unknown>): Promise<unknown[]> {
  const chunks: unknown[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const given = span('Files.give');
const failed = failedSpan('Files.give', { type: 'RangeError', message: 'broken' });
const broken = new RangeError('broken');

const webUses: [string, (stream: ReadableStream<number>) => Promise<unknown>, unknown][] = [
  ['a loop', drained, [0, 1, 2]],
  [
    'a reader',
    async (stream) => {
      const reader = stream.getReader();
      for (let read = await reader.read(); !read.done; read = await reader.read());
      return reader.closed;
    },
    undefined,
  ],
  ['tee', async (stream) => Promise.all(stream.tee().map(drained)), Array(2).fill([0, 1, 2])],
  ['pipeThrough', (stream) => drained(stream.pipeThrough(new TransformStream())), [0, 1, 2]],
  ['pipeTo', (stream) => stream.pipeTo(new WritableStream()), undefined],
  ['cancel', (stream) => stream.cancel('enough'), undefined],
  [
    'break',
    async (stream) => {
      for await (const chunk of stream) return chunk;
      return undefined;
    },
    0,
  ],
];

test.each(webUses)('a web stream read by %s', async (_, use, result) => {
  const stream = web();
  expect(new Files().give(stream)).toBe(stream);
  expect(Reflect.ownKeys(stream)).toEqual(Reflect.ownKeys(web()));
  await settled();
  expect(await recorded.trees()).toEqual([]);
  expect(await recorded.points('files.open')).toEqual([[{}, 1]]);
  expect(await use(stream)).toEqual(result);
  await settled();
  expect(await recorded.trees()).toEqual([given]);
  expect(await recorded.points('files.open')).toEqual([[{}, 0]]);
});

test('a web stream that fails in the middle', async () => {
  await expect(drained(new Files().give(web(broken)))).rejects.toBe(broken);
  await settled();
  expect(await recorded.trees()).toEqual([failed]);
});

test('a web stream whose lock is given back goes on', async () => {
  const stream = new Files().give(web());
  const reader = stream.getReader();
  expect(await reader.read()).toEqual({ done: false, value: 0 });
  reader.releaseLock();
  await settled();
  expect(await recorded.trees()).toEqual([]);
  expect(await drained(stream)).toEqual([1, 2]);
  await settled();
  expect(await recorded.trees()).toEqual([given]);
});

const nodeUses: [string, (stream: Readable) => Promise<unknown>, unknown][] = [
  ['a loop', async (stream) => stream.toArray(), ['a', 'b']],
  [
    'events',
    (stream) =>
      new Promise((resolve) => {
        const seen: unknown[] = [];
        stream.on('data', (chunk) => seen.push(chunk)).on('end', () => resolve(seen));
      }),
    ['a', 'b'],
  ],
  ['pipeline', (stream) => pipeline(stream, new PassThrough({ objectMode: true }).resume()), undefined],
  ['destroy', async (stream) => stream.destroy().destroyed, true],
  [
    'break',
    async (stream) => {
      for await (const chunk of stream) return chunk as unknown;
      return undefined;
    },
    'a',
  ],
];

test.each(nodeUses)('a Node stream read by %s', async (_, use, result) => {
  const stream = Readable.from(['a', 'b']);
  expect(new Files().give(stream)).toBe(stream);
  await settled();
  // Listening makes nothing flow.
  expect([stream.readableFlowing, stream.readableDidRead, await recorded.trees()]).toEqual([null, false, []]);
  expect(await use(stream)).toEqual(result);
  await settled();
  expect(await recorded.trees()).toEqual([given]);
  expect(stream.listenerCount(errorMonitor)).toBe(0);
});

test('a Node stream that fails, and one that is destroyed with an error', async () => {
  const failing = Readable.from(
    (async function* () {
      yield 'a';
      throw broken;
    })(),
  );
  await expect(new Files().give(failing).toArray()).rejects.toBe(broken);
  const destroyed = new Files().give(Readable.from(['a']));
  const seen = new Promise((resolve) => destroyed.once('error', resolve));
  destroyed.destroy(broken);
  expect(await seen).toBe(broken);
  await settled();
  expect(await recorded.trees()).toEqual([failed, failed]);
});

test('a transform is read as well; a connection is a value', async () => {
  const transform = new PassThrough();
  new Files().give(transform);
  transform.end('x');
  expect(await recorded.trees()).toEqual([]);
  await transform.toArray();
  await settled();
  expect(await recorded.trees()).toEqual([given]);
  const connection = new Duplex({ read() {}, write() {} });
  expect(new Files().give(connection)).toBe(connection);
  expect(await recorded.trees()).toEqual([given, given]);
  connection.destroy();
});

test('streams that are over already end the call as they are given', async () => {
  const ended = Readable.from([]);
  await ended.toArray();
  const closed = web();
  await closed.cancel();
  const wrecked = Readable.from(['a']);
  wrecked.on('error', () => {}).destroy(broken);
  await settled();
  const files = new Files();
  expect([files.give(ended), files.give(closed), files.give(wrecked)]).toEqual([ended, closed, wrecked]);
  await settled();
  expect(await recorded.trees()).toEqual([given, given, failed]);
});

test('what a promise brings lasts, too', async () => {
  const files = new Files();
  const streams = [await files.later(web()), await files.later(Readable.from(['a']))] as const;
  const generator = await files.later(
    (function* () {
      yield 1;
    })(),
  );
  expect(await recorded.trees()).toEqual([]);
  expect([await drained(streams[0]), await streams[1].toArray(), [...generator]]).toEqual([[0, 1, 2], ['a'], [1]]);
  await settled();
  expect(await recorded.trees()).toEqual(Array(3).fill(span('Files.later')));
});

test('a stream that has just been read to its end is told by the flush, or the shutdown, that follows', async () => {
  await drained(new Files().give(web()));
  expect(await recorded.trees()).toEqual([given]);
  await drained(new Files().give(web()));
  await recorded.stop();
  expect(await recorded.trees()).toEqual([given, given]);
});

test('a stream that gives itself, at once or by a promise, is only what it was called on', async () => {
  class Source extends Readable {
    override _read(): void {}

    @Traced()
    paced(): this {
      return this;
    }

    @Traced()
    async opened(): Promise<this> {
      return this;
    }
  }
  const source = new Source();
  expect([source.paced(), await source.opened()]).toEqual([source, source]);
  expect(await recorded.trees()).toEqual([span('Source.paced'), span('Source.opened')]);
});
