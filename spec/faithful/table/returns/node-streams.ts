/**
 * Node’s readable streams: the very stream comes back and the call ends with its end, its failure, or as it is closed.
 * Streams that are written, and those whose two sides have nothing to do with each other, are values.
 */
import { Duplex, PassThrough, Readable, Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Journal } from '../journal.js';
import { type Body, type Outcome, ofKind, type Scenario } from '../scenario.js';
import { anError, type Thrown } from '../thrown.js';

type Use = (stream: Readable, journal: Journal) => void | Promise<void>;

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Two chunks, then the end, or a failure. */
function chunks(failure?: Thrown): Readable {
  let given = 0;
  return new Readable({
    objectMode: true,
    highWaterMark: 1,
    read() {
      given += 1;
      if (given <= 2) this.push(`chunk ${given}`);
      else if (failure === undefined) this.push(null);
      else this.destroy(failure.value as Error);
    },
  });
}

const giving =
  (make: (journal: Journal) => unknown) =>
  (journal: Journal): Body =>
    function (...args) {
      journal.begin(this, args);
      return journal.label(make(journal), 'the stream');
    };

const used =
  (use: Use): Scenario['use'] =>
  async (invoke, journal) => {
    const stream = invoke() as Readable;
    journal.out('got', stream);
    await use(stream, journal);
    for (let turn = 0; turn < 3; turn += 1) await nextTurn();
  };

const iterated: Use = async (stream, journal) => {
  try {
    for await (const chunk of stream) journal.out('chunk', chunk);
    journal.out('ends');
  } catch (error) {
    journal.out('failed', error);
  }
};

const once = (stream: Readable | Writable, event: string): Promise<void> =>
  new Promise((resolve) => {
    stream.once(event, () => resolve());
  });

const listened: Use = async (stream, journal) => {
  stream.on('data', (chunk) => journal.out('data', chunk));
  for (const event of ['end', 'close'] as const) stream.on(event, () => journal.out(event));
  stream.on('error', (error) => journal.out('error', error));
  await once(stream, 'close');
};

const collecting = (journal: Journal): Writable =>
  new Writable({
    objectMode: true,
    write(chunk, _encoding, done) {
      journal.out('written', chunk);
      done();
    },
  });

const wholly: Readonly<Record<string, Use>> = {
  iterated: iterated,
  'listened to': listened,
  'read when it is readable': async (stream, journal) => {
    stream.on('readable', () => {
      for (let chunk = stream.read() as unknown; chunk !== null; chunk = stream.read()) journal.out('read', chunk);
    });
    await once(stream, 'close');
  },
  piped: async (stream, journal) => {
    await once(stream.pipe(collecting(journal)), 'finish');
    journal.out('finished');
  },
  'in a pipeline': (stream, journal) =>
    journal.settled('the pipeline', pipeline(stream, new PassThrough({ objectMode: true }), collecting(journal))),
};

const partly: Readonly<Record<string, Use>> = {
  'left by break': async (stream, journal) => {
    for await (const chunk of stream) {
      journal.out('chunk', chunk);
      break;
    }
  },
  'destroyed at once': async (stream, journal) => {
    stream.on('close', () => journal.out('close'));
    stream.destroy();
    await once(stream, 'close');
  },
};

const failed: Readonly<Record<string, Use>> = {
  iterated: iterated,
  'listened to': listened,
  'in a pipeline': wholly['in a pipeline'] as Use,
};

const rows = (
  ways: Readonly<Record<string, Use>>,
  make: (journal: Journal) => unknown,
  call: Scenario['calls'][number],
  what = '',
): Outcome[] =>
  Object.entries(ways).map(([outcome, use]) => ({
    outcome: `${what}${outcome}`,
    body: giving(make),
    use: used(use),
    calls: [call],
  }));

/** A transform is read by the caller and written by the method. */
const doubling = (): Transform => {
  const transform = new Transform({
    objectMode: true,
    transform(chunk, _encoding, done) {
      done(null, `${String(chunk)} twice`);
    },
  });
  transform.write('one');
  transform.end('two');
  return transform;
};

const failing = (journal: Journal): Readable => {
  journal.label(anError.value, anError.label);
  return chunks(anError);
};

const others: readonly Outcome[] = [
  {
    outcome: 'destroyed with an error',
    body: giving((journal) => {
      journal.label(anError.value, anError.label);
      return chunks();
    }),
    use: used(async (stream, journal) => {
      stream.on('error', (error) => journal.out('error', error));
      stream.destroy(anError.value as Error);
      await once(stream, 'close');
    }),
    calls: [{ failure: anError }],
  },
  { outcome: 'not read at all', body: giving(() => chunks()), use: used(() => {}), calls: [{ open: true }] },
  {
    outcome: 'a writable, which is a value',
    body: giving((journal) => collecting(journal)),
    use: used(async (stream, journal) => {
      const writable = stream as unknown as Writable;
      writable.end('one');
      await once(writable, 'finish');
      journal.out('finished');
    }),
    calls: [{}],
  },
  {
    outcome: 'a duplex of two independent sides, which is a value',
    body: giving(() => new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() })),
    use: used((stream, journal) => journal.out('writable', (stream as Duplex).writable)),
    calls: [{}],
  },
  {
    outcome: 'from an iterable',
    body: giving(() => Readable.from(['a', 'b'])),
    use: used(iterated),
    calls: [{}],
  },
];

export const nodeStreams: readonly Scenario[] = ofKind('a Node stream', { ticks: 'any' }, [
  ...rows(wholly, () => chunks(), {}),
  ...rows(wholly, doubling, {}, 'a transform, '),
  ...rows(partly, () => chunks(), {}),
  ...rows(failed, failing, { failure: anError }, 'that fails, '),
  ...others,
]);
