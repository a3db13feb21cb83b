/**
 * What is thrown, and what fails in the user's own functions that an annotation is given.
 */
import { failureTrouble, judged, lacking, shown, spanTrouble, thrownBy, wrong } from '../verdict.mjs';

const section = 'Failures';

const throwing = (thrown) => () => {
  throw thrown;
};

const rejecting = (thrown) => () => Promise.reject(thrown);

/** A call that fails with `thrown`: the caller should meet that very value, and the span should tell of it. */
const fails =
  (body, thrown) =>
  async (world, { Returns }) => {
    const caught = await thrownBy(() => new Returns().give(body));
    await world.rest();
    return judged(
      'same value; ERROR, one exception event',
      wrong(caught === undefined, 'nothing is thrown'),
      wrong(caught?.thrown !== thrown, `${shown(caught?.thrown)} instead of ${shown(thrown)}`),
      spanTrouble(world),
      failureTrouble(world),
    );
  };

/** A call that is right, under an annotation whose function is not. */
const survives = (name, body) => async (world, subject) => {
  let ran = false;
  let value;
  const caught = await thrownBy(async () => {
    value = await new subject[name]().give(() => {
      ran = true;
      return body();
    });
  });
  await world.rest();
  return judged(
    'value comes, attribute left out',
    wrong(!ran, 'the method is not called'),
    wrong(caught !== undefined, 'the caller gets the function’s error'),
    wrong(value !== 3, `${shown(value)} instead of the value`),
    spanTrouble(world),
    lacking(world.spans[0]?.status === 'ERROR', 'value comes; span marked failed'),
  );
};

const error = new Error('failed');

export const cases = [
  {
    id: 'throw',
    section,
    row: 'A method that throws: the same error, and the span tells of it',
    subject: 'returns',
    run: fails(throwing(error), error),
  },
  {
    id: 'reject',
    section,
    row: 'A promise that rejects: the same',
    subject: 'returns',
    run: fails(rejecting(error), error),
  },
  { id: 'throw-null', section, row: '`throw null`', subject: 'returns', run: fails(throwing(null), null) },
  {
    id: 'throw-undefined',
    section,
    row: '`throw undefined`',
    subject: 'returns',
    run: fails(throwing(undefined), undefined),
  },
  {
    id: 'reject-undefined',
    section,
    row: '`Promise.reject(undefined)`',
    subject: 'returns',
    run: fails(rejecting(undefined), undefined),
  },
  {
    id: 'argument-function-throws',
    section,
    row: 'The user’s function of the arguments throws: the method is called all the same',
    needs: 'readsArguments',
    subject: 'reads-arguments',
    run: survives('ReadsArguments', () => 3),
  },
  {
    id: 'result-function-throws',
    section,
    row: 'The user’s function of the result throws: the result arrives all the same',
    needs: 'readsResult',
    subject: 'reads-result',
    run: survives('ReadsResult', () => 3),
  },
  {
    id: 'promised-result-function-throws',
    section,
    row: '… also where the result is a promise’s',
    needs: 'readsResult',
    subject: 'reads-result',
    run: survives('ReadsResult', async () => 3),
  },
];
