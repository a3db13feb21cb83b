/**
 * Node's streams handed out by annotated methods: the very stream, flowing no earlier and no later, read by every means Node
 * has; the call lasts until it has ended, failed or was closed.
 */
import { readFileSync } from 'node:fs';
import { Duplex, finished, PassThrough, pipeline, Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { finished as finishedLater, pipeline as pipelineLater } from 'node:stream/promises';
import { createGunzip, createGzip, gunzipSync } from 'node:zlib';
import { failedSpan, recorded, span } from '../../support/recorded-telemetry.js';
import { type Files, files } from './support/file-service.js';
import { expectTelemetry, type Log, outcomeOf, told, twice } from './support/twice.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

const broken = { type: 'RangeError', message: 'broken' };
const listening = (stream: Readable): unknown => [
  stream.readableFlowing,
  stream.listenerCount('data'),
  stream.listenerCount('readable'),
  stream.listenerCount('error'),
];

test('not read, it does not flow, and its call goes on', async () => {
  const { result } = await twice(files, (service) => {
    const stream = service.words('a', 'b');
    return [stream === service.given, stream instanceof Readable, listening(stream)];
  });
  expect(result).toEqual([true, true, [null, 0, 0, 0]]);
  expect(await recorded.trees()).toEqual([]);
  expect(await recorded.points('library.in_flight')).toEqual([[{ method: 'words' }, 1]]);
});

test.each<[string, (service: Files, log: Log) => Promise<unknown>]>([
  [
    'for await',
    async (service, log) => {
      for await (const word of service.words('a', 'b', 'c')) log.push(word);
    },
  ],
  [
    'data events',
    (service, log) =>
      new Promise((resolve) => {
        service
          .words('a', 'b', 'c')
          .on('data', (word) => log.push(word))
          .on('end', () => log.push('end'))
          .on('close', resolve);
      }),
  ],
  [
    'readable events',
    (service, log) =>
      new Promise((resolve) => {
        const stream = service.words('a', 'b', 'c');
        stream.on('readable', () => {
          for (let word = stream.read(); word !== null; word = stream.read()) log.push(word);
        });
        stream.on('end', resolve);
      }),
  ],
  [
    'pipe',
    async (service, log) => {
      const sink = new Writable({
        objectMode: true,
        write: (word, _encoding, done) => done(void log.push(word) as never),
      });
      service.words('a', 'b', 'c').pipe(sink);
      await finishedLater(sink);
    },
  ],
  [
    'pipeline with a callback',
    (service, log) =>
      new Promise((resolve) => {
        const sink = new Writable({
          objectMode: true,
          write: (word, _encoding, done) => done(void log.push(word) as never),
        });
        pipeline(service.words('a', 'b', 'c'), sink, (error) => resolve(error === undefined || error === null));
      }),
  ],
  [
    'pipeline with a promise',
    (service, log) =>
      pipelineLater(service.words('a', 'b', 'c'), async (words) => {
        for await (const word of words) log.push(word);
      }),
  ],
  [
    'its own operators',
    (service, log) =>
      service
        .words('a', 'b', 'c')
        .map((word) => `${word}!`)
        .forEach((word) => void log.push(word)),
  ],
  ['toArray', (service) => service.words('a', 'b', 'c').toArray()],
  [
    'toWeb',
    async (service, log) => {
      for await (const word of Readable.toWeb(service.words('a', 'b', 'c'))) log.push(word);
    },
  ],
  [
    'wrap',
    async (service, log) => {
      for await (const word of new Readable({ objectMode: true }).wrap(service.words('a', 'b', 'c'))) log.push(word);
    },
  ],
  [
    'finished',
    (service, log) =>
      new Promise((resolve) => {
        finished(service.words('a', 'b', 'c').resume(), (error) => resolve(log.push(error === undefined)));
      }),
  ],
])('read by %s', async (_how, read) => {
  const { log } = await twice(files, read);
  expect(log).toEqual(expect.arrayContaining(['reads a', 'reads b', 'reads c']));
  await expectTelemetry(span('Files.words'));
});

test('a file, by itself and in a promise; zipped and unzipped in a pipeline', async () => {
  const whole = readFileSync(__filename, 'utf8').slice(0, 200);
  const { result } = await twice(files, async (service) => {
    const read = await text(service.file(__filename));
    const later = await text(await service.fileLater(__filename));
    const chunks: Buffer[] = [];
    await pipelineLater(service.file(__filename), createGzip(), service.unzip(), service.upper(), async (parts) => {
      for await (const part of parts) chunks.push(part as Buffer);
    });
    const zipped = service.zipped(Readable.from(['zip me']));
    const same = zipped === service.given;
    return [
      read,
      later,
      Buffer.concat(chunks).toString(),
      same,
      gunzipSync(Buffer.concat(await zipped.toArray())).toString(),
    ];
  });
  expect(result).toEqual([whole, whole.slice(0, 10), whole.toUpperCase(), true, 'zip me']);
  await expectTelemetry(
    ...['file', 'fileLater', 'file', 'unzip', 'upper', 'zipped'].map((method) => span(`Files.${method}`)),
  );
});

test('a file that is not there', async () => {
  const { result } = await twice(files, async (service) => [
    await outcomeOf(text(service.file('/home/me/nothing'))),
    await outcomeOf(text(await service.fileLater('/home/me/nothing'))),
  ]);
  const message = "ENOENT: no such file or directory, open '/home/me/nothing'";
  expect(result).toEqual(new Array(2).fill({ rejected: `Error Error ENOENT: ${message}` }));
  const missing = { type: 'ENOENT', message, stack: `Error: ${message}` };
  await expectTelemetry(failedSpan('Files.file', missing), failedSpan('Files.fileLater', missing));
});

test('left early: by a break, by destroy, by take, by an abort of the pipeline', async () => {
  const { log } = await twice(files, async (service, log) => {
    for await (const word of service.words('a', 'b', 'c')) {
      log.push(word);
      break;
    }
    const destroyed = service.words('a');
    destroyed.destroy();
    log.push(await outcomeOf(finishedLater(destroyed)), destroyed.destroyed);
    log.push(await service.words('a', 'b', 'c').take(1).toArray());
  });
  expect(log).toContainEqual({ rejected: expect.stringContaining('ERR_STREAM_PREMATURE_CLOSE') });
  await expectTelemetry(...new Array(3).fill(span('Files.words')));
});

test('failed: by its source, by destroy with an error, by the rest of its pipeline', async () => {
  const { log } = await twice(files, async (service, log) => {
    log.push(await outcomeOf(text(service.failing())));
    const destroyed = service.words('a');
    destroyed.on('error', (error) => log.push(told(error)));
    destroyed.destroy(new RangeError('broken'));
    await outcomeOf(finishedLater(destroyed));
    const refusing = new Writable({
      objectMode: true,
      write: (_word, _encoding, done) => done(new RangeError('broken')),
    });
    log.push(await outcomeOf(pipelineLater(service.words('a', 'b', 'c'), refusing)));
    await new Promise<void>((resolve) => {
      pipeline(service.failing(), service.upper(), new PassThrough().resume(), (error) => {
        log.push(told(error));
        resolve();
      });
    });
  });
  expect(log.filter((line) => JSON.stringify(line).includes('RangeError RangeError: broken'))).toHaveLength(4);
  const failing = failedSpan('Files.failing', broken);
  const words = failedSpan('Files.words', broken);
  await expectTelemetry(failing, words, words, failing, failedSpan('Files.upper', broken));
});

test('a web stream made of one, and one made of a web stream', async () => {
  const { result } = await twice(files, async (service) => {
    const web = service.hand(Readable.toWeb(service.words('a', 'b')));
    const back = service.hand(Readable.fromWeb(web));
    return (await back.toArray()).map(String);
  });
  expect(result).toEqual(['a', 'b']);
  await expectTelemetry(span('Files.words'), span('Files.hand'), span('Files.hand'));
});

test('composed streams and duplexes of two sides are values; a PassThrough is a stream', async () => {
  const { result } = await twice(files, async (service) => {
    const composed = service.hand(Readable.from(['there and back']).compose(createGzip()) as Readable);
    const duplex = service.hand(
      Duplex.from(async function* (parts: AsyncIterable<Buffer>) {
        for await (const part of parts) yield part.toString().toUpperCase();
      }),
    );
    duplex.end('loud');
    const through = service.hand(new PassThrough());
    through.end('through');
    return [await text(composed.pipe(createGunzip())), await text(duplex), await text(through)];
  });
  expect(result).toEqual(['there and back', 'LOUD', 'through']);
  await expectTelemetry(span('Files.hand'), span('Files.hand'), span('Files.hand'));
});

test('one that is over already, and one that failed before it was handed out', async () => {
  const ended = Readable.from(['a']);
  await ended.toArray();
  const failed = new Readable({ read() {} });
  failed.on('error', () => {}).destroy(new RangeError('broken'));
  await outcomeOf(finishedLater(failed));
  await twice(files, (service) => [service.hand(ended) === ended, service.hand(failed) === failed]);
  await expectTelemetry(span('Files.hand'), failedSpan('Files.hand', broken));
});
