/**
 * Generators and async generators: the work is done while the caller iterates, and the span should cover that.
 */
import {
  bad,
  failureTrouble,
  judged,
  momentTrouble,
  partly,
  shown,
  spanTrouble,
  thrownBy,
  wrong,
} from '../verdict.mjs';

/** Opens the generator by the annotated method; `byHand`, as a user of the package writes it who ends the span. */
function opened(world, { Returns }, method, ...given) {
  if (world.endsByHand === undefined) return new Returns()[method](world.note, ...given);
  const body = method === 'count' ? countByHand : streamByHand;
  return world.endsByHand((done) => body(world.note, done, ...given))();
}

function* countByHand(note, done, upTo) {
  try {
    for (let at = 1; at <= upTo; at += 1) {
      note(`body ${at}`);
      yield at;
    }
  } finally {
    done();
  }
}

async function* streamByHand(note, done, upTo) {
  yield* countByHand(note, done, upTo);
}

const notIterable = (given, symbol) =>
  wrong(typeof given?.[symbol] !== 'function', `${shown(given)}: cannot be iterated`);

/** Iterates, leaves after `take` values, and says how that went. */
async function iterated(world, subject, { method, symbol, upTo, take = upTo, good }) {
  const given = opened(world, subject, method, upTo);
  const trouble = notIterable(given, symbol);
  if (trouble !== undefined) return trouble;
  let got = 0;
  for await (const value of given) {
    got += 1;
    world.note(`got ${value}`);
    if (got === take) break;
  }
  await world.rest();
  return judged(
    good,
    wrong(got !== take, `${got} of ${take} values`),
    spanTrouble(world),
    momentTrouble(world, 'value', take),
  );
}

async function conversation(world, { Returns }, method, symbol) {
  const given = new Returns()[method](world.note, 5);
  const trouble = notIterable(given, symbol);
  if (trouble !== undefined) return trouble;
  await given.next();
  await given.next(10);
  const { value, done } = await given.return('left');
  return judged(
    'all reach the body',
    wrong(!world.notes.includes('sent 10'), '`next(value)` does not reach it'),
    wrong(value !== 'left' || done !== true, '`return(value)` does not reach it'),
    wrong(!world.notes.includes('body over'), 'its `finally` is not run'),
  );
}

/** Which of the body and the caller had the span as the active one. */
function whereActive({ notes }) {
  const body = notes.filter((what) => what.startsWith('body') && /side$/.test(what));
  if (body.length === 0 || body.every((what) => what.endsWith('outside'))) return bad('no active span in the body');
  if (body.some((what) => what.endsWith('outside'))) return bad('lost after the first step');
  const leaks = notes.some((what) => what.startsWith('caller') && what.endsWith('inside'));
  return leaks ? partly('active in the caller too') : undefined;
}

async function contexts(world, { Returns }, method, symbol) {
  const given = new Returns()[method]((what) => world.noteActive(what), 2);
  const trouble = notIterable(given, symbol);
  if (trouble !== undefined) return trouble;
  for await (const value of given) world.noteActive(`caller ${value}`);
  return judged('in each step, never in the caller', whereActive(world));
}

const asyncs = { section: 'Async generators', subject: 'returns', method: 'stream', symbol: Symbol.asyncIterator };
const syncs = { section: 'Generators', subject: 'returns', method: 'count', symbol: Symbol.iterator };

const rowsFor = (kind) => [
  {
    id: `${kind.method}-covers`,
    row: 'The span covers the iteration',
    byHand: true,
    run: (world, subject) => iterated(world, subject, { ...kind, upTo: 3, good: 'ends with the iteration' }),
  },
  {
    id: `${kind.method}-context`,
    row: 'It is active inside the body, and not in the caller between two values',
    run: (world, subject) => contexts(world, subject, kind.method, kind.symbol),
  },
  {
    id: `${kind.method}-break`,
    row: 'Leaving the loop early ends it',
    byHand: true,
    run: (world, subject) => iterated(world, subject, { ...kind, upTo: 5, take: 2, good: 'ends as the loop is left' }),
  },
  {
    id: `${kind.method}-conversation`,
    row: '`next(value)`, `return(value)` and `finally` reach the body',
    run: (world, subject) => conversation(world, subject, kind.method, kind.symbol),
  },
];

export const cases = [
  ...rowsFor(asyncs).map((row) => ({ ...row, section: asyncs.section, subject: asyncs.subject })),
  {
    id: 'stream-fails',
    section: asyncs.section,
    subject: asyncs.subject,
    row: 'A failure in the middle is on the span (ERROR, exception event)',
    async run(world, subject) {
      const given = opened(world, subject, 'stream', 3, 2);
      const trouble = notIterable(given, Symbol.asyncIterator);
      if (trouble !== undefined) return trouble;
      const caught = await thrownBy(async () => {
        for await (const value of given) world.note(`got ${value}`);
      });
      await world.rest();
      return judged(
        'ERROR, one exception event',
        wrong(caught?.thrown?.message !== 'broken off', 'the error is lost'),
        spanTrouble(world),
        failureTrouble(world),
      );
    },
  },
  {
    id: 'hand-written',
    section: asyncs.section,
    subject: asyncs.subject,
    row: 'An async iterable written by hand: the span covers the iteration',
    async run(world, { Returns }) {
      const made = { [Symbol.asyncIterator]: () => streamByHand(world.note, () => {}, 2) };
      const given = new Returns().give(() => made);
      const trouble = notIterable(given, Symbol.asyncIterator);
      if (trouble !== undefined) return trouble;
      for await (const value of given) world.note(`got ${value}`);
      await world.rest();
      return judged('ends with the iteration', spanTrouble(world), momentTrouble(world, 'value', 2));
    },
  },
  ...rowsFor(syncs).map((row) => ({ ...row, section: syncs.section, subject: syncs.subject })),
  {
    id: 'count-infinite',
    section: syncs.section,
    subject: syncs.subject,
    row: 'One without an end can be used',
    byHand: true,
    run: (world, subject) =>
      iterated(world, subject, { ...syncs, upTo: Number.POSITIVE_INFINITY, take: 3, good: 'ends as the loop is left' }),
  },
];
