/**
 * Web `ReadableStream`s: the very stream comes back and the call ends when it has been read to its end, failed or been
 * cancelled, however it is read.
 */
import type { Journal } from '../journal.js';
import { type Body, type Outcome, ofKind, type Scenario } from '../scenario.js';
import { anError, someThrown, type Thrown } from '../thrown.js';
import { allOf, byReader, type Chunks, kept, nextTurn, partly, piped, type Use, wholly } from './web-stream-uses.js';

/** Gives two chunks, one a pull, and then closes, or fails. */
function chunks(journal: Journal, failure?: Thrown): Chunks {
  let given = 0;
  return new ReadableStream(
    {
      start() {
        journal.in('starts');
      },
      async pull(controller) {
        await undefined;
        given += 1;
        if (given <= 2) controller.enqueue(`chunk ${given}`);
        else if (failure === undefined) controller.close();
        else controller.error(failure.value);
      },
      cancel(reason) {
        journal.either('is cancelled', reason);
      },
    },
    { highWaterMark: 0 },
  );
}

const giving =
  (make: (journal: Journal) => Chunks) =>
  (journal: Journal): Body =>
    function (...args) {
      journal.begin(this, args);
      return journal.label(make(journal), 'the stream');
    };

const used =
  (use: Use): Scenario['use'] =>
  async (invoke, journal) => {
    const stream = invoke() as Chunks;
    journal.out('got', stream);
    journal.out('locked', stream.locked, ...Object.keys(stream));
    await use(stream, journal);
    // What the host does on its own after the end is over in a turn.
    await nextTurn();
  };

const rows = (ways: Readonly<Record<string, Use>>, call: Scenario['calls'][number]): Outcome[] =>
  Object.entries(ways).map(([outcome, use]) => ({
    outcome,
    body: giving((journal) => chunks(journal)),
    use: used(use),
    calls: [call],
  }));

const failing = someThrown.flatMap((failure): Outcome[] =>
  Object.entries({ 'read by a reader': byReader, 'read by for await': wholly['read by for await'] as Use, piped }).map(
    ([way, use]) => ({
      outcome: `that fails with ${failure.label}, ${way}`,
      body: giving((journal) => {
        journal.label(failure.value, failure.label);
        return chunks(journal, failure);
      }),
      use: used(use),
      calls: [{ failure }],
    }),
  ),
);

const others: readonly Outcome[] = [
  {
    outcome: 'of bytes, read into a buffer of the caller’s',
    body: giving((journal) => {
      let given = 0;
      return new ReadableStream({
        type: 'bytes',
        start: () => journal.in('starts'),
        pull(controller) {
          given += 1;
          if (given > 2) controller.close();
          else controller.enqueue(new Uint8Array([given]));
          // A reader that brings its own buffer waits for an answer also when it is over.
          if (given > 2) controller.byobRequest?.respond(0);
        },
      });
    }),
    use: used(async (stream, journal) => {
      const reader = (stream as ReadableStream<Uint8Array>).getReader({ mode: 'byob' });
      for (;;) {
        const { done, value } = await reader.read(new Uint8Array(4));
        journal.out(`read ${done}`, value?.byteLength);
        if (done) break;
      }
    }),
    calls: [{}],
  },
  {
    outcome: 'over already',
    body: giving(
      () =>
        new ReadableStream({
          start(controller) {
            controller.close();
          },
        }),
    ),
    use: used((stream, journal) => allOf('chunk', stream, journal)),
    calls: [{}],
  },
  {
    outcome: 'failed already',
    body: giving((journal) => {
      journal.label(anError.value, anError.label);
      return new ReadableStream({
        start(controller) {
          controller.error(anError.value);
        },
      });
    }),
    use: used((stream, journal) => allOf('chunk', stream, journal)),
    calls: [{ failure: anError }],
  },
  {
    outcome: 'that comes by a promise',
    body: (journal) =>
      async function (...args) {
        journal.begin(this, args);
        return chunks(journal);
      },
    use: async (invoke, journal) => {
      await allOf('chunk', (await invoke()) as Chunks, journal);
      await nextTurn();
    },
    calls: [{}],
  },
];

export const webStreams: readonly Scenario[] = ofKind('a web stream', { ticks: 'any' }, [
  ...rows(wholly, {}),
  ...rows(partly, {}),
  ...rows(kept, { open: true }),
  ...failing,
  ...others,
]);
