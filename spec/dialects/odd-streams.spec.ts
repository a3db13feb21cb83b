/**
 * Streams that are over in ways of their own when they are given, or end in ways that look like a failure, or like none.
 */
import { createHash } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import { Counted, InFlight, Traced } from 'spandrel';
import { recorded, span } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

class Files {
  @Traced()
  @Counted('odd.streams.given')
  @InFlight('odd.streams.open')
  give<T>(stream: T): T {
    return stream;
  }
}

const files = new Files();
const given = span('Files.give');
const settled = () => new Promise((resolve) => setImmediate(resolve));
const statuses = async () => (await recorded.trees()).map(({ status }) => status);

test('a hash is mostly no stream, and does not become one by our looking', async () => {
  const hash = files.give(createHash('sha256'));
  expect(Object.hasOwn(hash, '_readableState')).toBe(false);
  expect(hash.update('x').digest('hex')).toMatch(/^2d711642/);
  expect(await recorded.trees()).toEqual([given]);
});

test('one that is over when it is given: read to its end and kept open, or closed without an error', async () => {
  const kept = new Readable({ autoDestroy: false, read() {} });
  kept.push(null);
  await new Promise((resolve) => kept.on('end', resolve).resume());
  expect(kept.destroyed).toBe(false);
  const closed = new PassThrough().destroy();
  // Streams of a package of their own may not tell at all.
  const silent = Object.defineProperty(new PassThrough().destroy(), 'errored', { value: undefined });
  await settled();
  for (const stream of [kept, closed, silent]) files.give(stream);
  expect(await recorded.trees()).toEqual([given, given, given]);
  expect(await recorded.points('odd.streams.open')).toEqual([[{}, 0]]);
});

test('one that can’t be looked at is a value', async () => {
  class Guarded extends PassThrough {
    guarded = false;
  }
  const guarded = new Guarded();
  Object.defineProperty(guarded, 'destroyed', {
    get: () => {
      throw new Error('not yours');
    },
  });
  expect(files.give(guarded)).toBe(guarded);
  const shell = Object.create(ReadableStream.prototype) as ReadableStream;
  expect(files.give(shell)).toBe(shell);
  expect(await recorded.trees()).toEqual([given, given]);
  expect(recorded.faults()).toEqual([]);
});

const aborted = { name: 'AbortError', code: 'ABORT_ERR' };

test.each([
  ['a reader that left', { ...aborted }, 'unset'],
  ['a signal, which gives its reason', { ...aborted, cause: new Error('too slow') }, 'error'],
  ['an error of another code', { ...aborted, code: 'ECONNABORTED' }, 'error'],
  ['an error of another name', { ...aborted, name: 'TimeoutError' }, 'error'],
])('destroyed by %s', async (_, members, status) => {
  const stream = files.give(new PassThrough());
  const error = Object.assign(new Error('aborted'), members);
  const told = new Promise((resolve) => stream.on('error', resolve));
  stream.destroy(error);
  expect(await told).toBe(error);
  expect(await statuses()).toEqual([status]);
});

test('a stream that fails with nothing has failed', async () => {
  const stream = files.give(new PassThrough());
  stream.on('error', () => undefined).emit('error', null);
  expect(await statuses()).toEqual(['error']);
  stream.destroy();
});

test('of calls that give one web stream, those past the bound end as they return', async () => {
  const stream = new ReadableStream();
  for (let i = 0; i < 40; i += 1) files.give(stream);
  expect(await recorded.points('odd.streams.open')).toEqual([[{}, 16]]);
  expect(await recorded.points('odd.streams.given')).toEqual([[{}, 24]]);
  await stream.cancel();
  await settled();
  expect(await recorded.points('odd.streams.open')).toEqual([[{}, 0]]);
  expect(await recorded.points('odd.streams.given')).toEqual([[{}, 40]]);
});
