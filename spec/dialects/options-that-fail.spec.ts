/**
 * Every option that takes a function, with every way such a function may fail, on every kind of method, succeeding and
 * failing: the call is as if it were bare, only what the function was for is missing, and that is told once with class and
 * method.
 */
import type { Attributes } from '@opentelemetry/api';
import { Counted, call, InFlight, Timed, Traced, traced } from 'spandrel';
import { failedSpan, recorded, type SpanTree, span } from '../support/recorded-telemetry.js';
import { type Given, type Row, rows } from './failing-options.js';
import { type Way, ways } from './ways-to-fail.js';

interface Argument {
  readonly word: 'kept';
  readonly error: RangeError | undefined;
}

function body({ error }: Argument): string {
  if (error !== undefined) throw error;
  return 'done';
}

function subjectWith({ traced: forSpan, counted, timed, inFlight }: Given) {
  const tracedOptions = {
    ...forSpan,
    attributes: { fixed: 1, early: call.arg(0, 'word'), late: () => 'kept', ...(forSpan?.['attributes'] as object) },
  };
  class Subject {
    readonly word = 'kept';

    @Traced(tracedOptions)
    @Counted('options.counted', counted)
    @Timed('options.timed', timed)
    @InFlight('options.running', inFlight)
    now(given: Argument): string {
      return body(given);
    }

    @Traced(tracedOptions)
    @Counted('options.counted', counted)
    @Timed('options.timed', timed)
    @InFlight('options.running', inFlight)
    async later(given: Argument): Promise<string> {
      await Promise.resolve();
      return body(given);
    }

    @Traced(tracedOptions)
    @Counted('options.counted', counted)
    @Timed('options.timed', timed)
    @InFlight('options.running', inFlight)
    *steps(given: Argument): Generator<number, string> {
      yield 1;
      return body(given);
    }

    @Traced(tracedOptions)
    @Counted('options.counted', counted)
    @Timed('options.timed', timed)
    @InFlight('options.running', inFlight)
    async *laterSteps(given: Argument): AsyncGenerator<number, string> {
      yield 1;
      return body(given);
    }

    @Traced({ ...tracedOptions, callback: 'last' })
    @Counted('options.counted', counted)
    @Timed('options.timed', timed)
    @InFlight('options.running', inFlight)
    called(given: Argument, done: (error: unknown, result?: string) => void): void {
      try {
        done(null, body(given));
      } catch (error) {
        done(error);
      }
    }
  }
  return new Subject();
}

type Subject = ReturnType<typeof subjectWith>;

/** Each kind of method: a call of it until it has settled. What it throws at once is told from what comes later. */
const kinds: {
  readonly [K in 'now' | 'later' | 'steps' | 'laterSteps' | 'called']: (one: Subject, given: Argument) => unknown;
} = {
  now: (one, given) => one.now(given),
  later: (one, given) => one.later(given),
  steps: (one, given) => {
    const steps = one.steps(given);
    return [steps.next(), steps.next()];
  },
  laterSteps: async (one, given) => {
    const steps = one.laterSteps(given);
    return [await steps.next(), await steps.next()];
  },
  called: (one, given) =>
    new Promise((resolve, reject) => {
      one.called(given, (error, result) => (error === null ? resolve(result) : reject(error)));
    }),
};
const kindNames = Object.keys(kinds) as (keyof typeof kinds)[];
const outcomes = ['success', 'failure'] as const;

/** How a call went, and whether that was known at once. */
async function outcomeOf(work: () => unknown): Promise<unknown[]> {
  let given: unknown;
  try {
    given = work();
  } catch (error) {
    return ['threw', error];
  }
  if (!(given instanceof Promise)) return ['gave', given];
  return given.then(
    (value: unknown) => ['resolved', value],
    (error: unknown) => ['rejected', error],
  );
}

const bare = subjectWith({});

/** One subject for all ways of a row: every class there is is woven anew for each test. */
function probedBy(row: Row): (way: Way) => Promise<void> {
  const probe: { act: () => unknown } = { act: () => undefined };
  const subject = subjectWith(row.given(() => probe.act()));
  return (way) => check(row, way, subject, probe);
}

async function check(row: Row, way: Way, subject: Subject, probe: { act: () => unknown }): Promise<void> {
  let again: () => void = () => undefined;
  probe.act = () => way.act(again, row.right);
  const outcome = way.is(row.purpose);
  const answer = typeof outcome === 'object' ? outcome.answer : undefined;
  const expected: SpanTree[] = [];
  const faults: { code: string; where: string; count: number }[] = [];

  await traced('outer', async function outer() {
    for (const kind of kindNames) {
      for (const ending of outcomes) {
        const error = ending === 'failure' ? new RangeError('no') : undefined;
        const argument: Argument = Object.freeze({ word: 'kept', error });
        again = () => void outcomeOf(() => kinds[kind](subject, argument));
        const woven = await outcomeOf(() => kinds[kind](subject, argument));
        const plain = await outcomeOf(() => kinds[kind](bare, argument));
        expect(woven).toEqual(plain);
        if (error !== undefined) expect(woven[1]).toBe(error);

        const asked = row.askedOf.includes(ending);
        const probed =
          row.attributeOf === 'traced' && asked && answer !== undefined ? { probed: answer as string } : {};
        const attributes: Attributes = { fixed: 1, early: 'kept', late: 'kept', ...probed };
        const at = `Subject.${kind}`;
        const name = row.purpose === 'name' && answer !== undefined ? (answer as string) : at;
        const isAnswer = row.purpose === 'expected' && answer === 'right';
        const failed = { type: 'RangeError', message: 'no' };
        const told =
          ending === 'success' || isAnswer
            ? span(name, { at, attributes })
            : failedSpan(name, failed, { at, attributes });
        expected.push(told, bareSpan(kind, ending));
      }
      if (outcome === 'failure') faults.push({ code: row.code, where: `Subject.${kind}`, count: row.askedOf.length });
    }
  })();

  expect(await recorded.trees()).toEqual([span('outer', {}, ...expected)]);
  expect(recorded.faults()).toEqual(faults.sort((a, b) => (a.where < b.where ? -1 : 1)));
  expect(recorded.warnings()).toHaveLength(faults.length);
  await checkMetrics(row, outcome === 'failure' ? undefined : answer);
}

function bareSpan(kind: string, ending: 'success' | 'failure'): SpanTree {
  const given = { attributes: { fixed: 1, early: 'kept', late: 'kept' } };
  if (ending === 'success') return span(`Subject.${kind}`, given);
  return failedSpan(`Subject.${kind}`, { type: 'RangeError', message: 'no' }, given);
}

/** Half of the calls are of the subject, half of the one without the option; half of each fail. */
async function checkMetrics({ purpose, attributeOf }: Row, answer: unknown): Promise<void> {
  const calls = kindNames.length;
  const total = async (name: string): Promise<number> => {
    const points = await recorded.points(name);
    return points.reduce((sum, [, value]) => sum + value, 0);
  };
  const amount = purpose !== 'amount' ? 1 : answer === 'right' ? 1 : ((answer as number | undefined) ?? 0);
  expect(await total('options.counted')).toBe(calls * 2 * amount + calls * 2);
  expect(await total('options.timed')).toBe(calls * 4);
  expect(await total('options.running')).toBe(0);
  const isAnswer = purpose === 'expected' && answer === 'right';
  const failures = (await recorded.points('options.timed')).filter(([attributes]) => attributes['error.type']);
  expect(failures.reduce((sum, [, value]) => sum + value, 0)).toBe(isAnswer ? calls : calls * 2);
  for (const [key, name] of [
    ['counted', 'options.counted'],
    ['timed', 'options.timed'],
    ['inFlight', 'options.running'],
  ] as const) {
    const probed = (await recorded.points(name)).filter(([attributes]) => 'probed' in attributes);
    expect(probed.every(([attributes]) => attributes['probed'] === answer)).toBe(true);
    expect(probed.length > 0).toBe(attributeOf === key && answer !== undefined);
  }
}

const unhandled: unknown[] = [];
const listen = (reason: unknown): void => void unhandled.push(reason);

beforeAll(() => void process.on('unhandledRejection', listen));
afterAll(() => void process.off('unhandledRejection', listen));
beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

describe.each(rows.map((row) => [row.option, row] as const))('%s', (_, row) => {
  const checked = probedBy(row);
  test.each(ways.map((way) => [way.title, way] as const))('that %s', async (__, way) => {
    await checked(way);
    await new Promise(setImmediate);
    expect(unhandled).toEqual([]);
  });
});
