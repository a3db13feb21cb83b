/**
 * Generators that a plain method makes and hands out, at once or by a promise: the call begins with the method and ends
 * with the iteration.
 */
import type { Journal } from '../journal.js';
import { type Body, type Outcome, ofKind, type Scenario } from '../scenario.js';
import { countingLater, drivenLater, laterDrives, laterUnbegun } from './async-drives.js';
import { counting, driven, drives, type Iterating, unbegun } from './generators.js';

const none: readonly unknown[] = [];

/** The body of the method begins too, which is a step more. */
const alsoBegun = (call: Scenario['calls'][number]): Scenario['calls'][number] => ({
  ...call,
  steps: (call.steps ?? 1) + 1,
});

const giving = (journal: Journal): Body =>
  function (...args) {
    journal.begin(this, args);
    return counting(journal, undefined, none);
  };

const givingLater = (journal: Journal): Body =>
  function (...args) {
    journal.begin(this, args);
    return countingLater(journal, undefined, none);
  };

/** Of a generator that was begun by nobody: closed, it is over; failed, it failed; otherwise it rests. */
function unbegunCall(outcome: string, failures: readonly Scenario['calls'][number][]): Scenario['calls'][number] {
  if (outcome === 'closed before it began') return { result: { value: 'closed' } };
  return outcome === 'never iterated' ? { open: true } : { ...failures[0], steps: 1 };
}

const failedCalls = drives.map(([, , call]) => call).filter(({ failure }) => failure !== undefined);

const handedOut: readonly Outcome[] = [
  ...drives.map(
    ([outcome, drive, call]): Outcome => ({ outcome, body: giving, use: driven(drive), calls: [alsoBegun(call)] }),
  ),
  ...unbegun.map(
    ([outcome, drive]): Outcome => ({
      outcome,
      body: giving,
      use: driven(drive),
      calls: [unbegunCall(outcome, failedCalls)],
    }),
  ),
  {
    outcome: 'begun by the method',
    body: (journal) =>
      function (...args) {
        journal.begin(this, args);
        const steps = counting(journal, undefined, none);
        steps.next();
        return steps;
      },
    use: driven((iteration, journal) => journal.out('the others', ...iteration)),
    calls: [{ result: { value: 'the end' }, steps: 3 }],
  },
  {
    outcome: 'over already',
    body: (journal) =>
      function (...args) {
        journal.begin(this, args);
        const steps = counting(journal, undefined, none);
        for (const _ of steps);
        return steps;
      },
    use: driven((iteration, journal) => journal.result('next', iteration.next())),
    calls: [{ steps: 3 }],
  },
  {
    outcome: 'frozen',
    body: (journal) =>
      function (...args) {
        journal.begin(this, args);
        return Object.freeze(['a', 'b'].values());
      },
    use: (invoke, journal) => journal.out('all', ...(invoke() as Iterating)),
    calls: [{}],
  },
];

const handedOutLater: readonly Outcome[] = [
  ...laterDrives.map(
    ([outcome, drive, call, given]): Outcome => ({
      ...given,
      outcome,
      body: givingLater,
      use: drivenLater(drive),
      calls: [alsoBegun(call)],
    }),
  ),
  ...laterUnbegun.map(
    ([outcome, drive]): Outcome => ({
      outcome,
      body: givingLater,
      use: drivenLater(drive),
      calls: [unbegunCall(outcome, failedCalls)],
    }),
  ),
];

/** The generator comes by a promise, which the caller waits for. */
const promised =
  (drive: (iteration: never, journal: Journal) => void | Promise<void>): Scenario['use'] =>
  async (invoke, journal) => {
    const iteration = (await journal.ask(invoke())) as never;
    journal.out('got', String(iteration));
    await drive(iteration, journal);
    journal.out('over');
  };

const byPromise: readonly Outcome[] = [
  ...drives.map(
    ([outcome, drive, call]): Outcome => ({
      outcome,
      body: (journal) =>
        async function (...args) {
          journal.begin(this, args);
          await undefined;
          return counting(journal, undefined, none);
        },
      use: promised(drive),
      calls: [alsoBegun(call)],
    }),
  ),
  ...laterDrives.map(
    ([outcome, drive, call, given]): Outcome => ({
      ...given,
      outcome: `of an async one, ${outcome}`,
      body: (journal) =>
        async function (...args) {
          journal.begin(this, args);
          await undefined;
          return countingLater(journal, undefined, none);
        },
      use: promised(drive),
      calls: [alsoBegun(call)],
    }),
  ),
];

export const handedOutGenerators: readonly Scenario[] = [
  ...ofKind('a generator handed out', { heardAfter: true }, handedOut),
  ...ofKind('an async generator handed out', { ticks: 1, heardAfter: true }, handedOutLater),
  ...ofKind('a promise of a generator', { ticks: 1, heardAfter: true }, byPromise),
];
