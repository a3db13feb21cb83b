/**
 * Many advices of one site, beside the user's code and around it, any of which may fail at any moment: the user's code runs
 * once, and each that has begun is told of the end once.
 */
import * as fc from 'fast-check';
import { of } from 'rxjs';
import { reported, restartReports } from '../../lib/faults/report.js';
import { switchable } from '../../lib/metadata/slot.js';
import type { Advice, Advisor } from '../../lib/weaving/advice.js';
import { Lasting } from '../../lib/weaving/lasting.js';
import { Loom } from '../../lib/weaving/loom.js';
import { quiet } from '../../lib/weaving/quiet.js';

const looms: Loom[] = [];

beforeEach(() => void restartReports(() => undefined));
afterEach(() => {
  for (const loom of looms.splice(0)) loom.stop();
  restartReports();
});

const moments = ['never', 'begin', 'within', 'after', 'settled', 'withdrawn'] as const;

interface Plan {
  readonly isAround: boolean;
  /** Has no `begin`, and remembers nothing. */
  readonly isLate: boolean;
  /** Has no `withdrawn`. */
  readonly isDeaf: boolean;
  readonly failsAt: (typeof moments)[number];
}

/** What became of one advice. */
interface Account {
  readonly plan: Plan;
  readonly told: string[];
  /** An up-down counter of its own. */
  running: number;
}

function adviceOf(plan: Plan, order: string[], place: number): { advice: Advice; account: Account } {
  const account: Account = { plan, told: [], running: 0 };
  const note = (moment: (typeof moments)[number]): void => {
    account.told.push(moment);
    order.push(`${place} ${moment}`);
    if (plan.failsAt === moment) throw new Error(`${place} failed at ${moment}`);
  };
  const ended = (moment: 'settled' | 'withdrawn', state: unknown): void => {
    expect(state).toBe(plan.isLate ? undefined : account);
    account.running -= 1;
    note(moment);
  };
  const advice: Advice = {
    ...(!plan.isLate && {
      begin() {
        note('begin');
        account.running += 1;
        return account;
      },
    }),
    ...(plan.isAround && {
      within(state, work) {
        expect(state).toBe(plan.isLate ? undefined : account);
        note('within');
        work.run();
        note('after');
      },
    }),
    settled: (state) => ended('settled', state),
    ...(!plan.isDeaf && { withdrawn: (state) => ended('withdrawn', state) }),
  };
  return { advice, account };
}

function weaveWith(advice: readonly Advice[]): void {
  const advisor: Advisor = {
    adviceFor: () => advice,
    classWoven: () => undefined,
    ambient: () => undefined,
    resume: (_ambient, attempt) => attempt.run(),
    lasting: new Lasting(1000),
  };
  const loom = new Loom(advisor);
  looms.push(loom);
  loom.start();
}

const record = { annotation: 'traced', element: { kind: 'function', key: 'run', static: false }, options: {} } as const;

/** What calls give: how each ends, and whether there was a call at all. */
const calls: Readonly<Record<string, { readonly body: () => unknown; readonly end: 'settled' | 'withdrawn' }>> = {
  value: { body: () => 'given', end: 'settled' },
  throw: {
    body: () => {
      throw undefined;
    },
    end: 'settled',
  },
  promise: { body: async () => 'given', end: 'settled' },
  rejection: { body: () => Promise.reject(new Error('theirs')), end: 'settled' },
  generator: {
    *body() {
      yield 1;
    },
    end: 'settled',
  },
  observable: { body: () => of(1), end: 'withdrawn' },
};

/** How a call ended for the program, all that it gave used up. */
async function used(run: () => unknown): Promise<unknown> {
  try {
    const value = await run();
    const isIterable = typeof value === 'object' && value !== null && Symbol.iterator in value;
    return isIterable ? [...(value as Iterable<unknown>)] : typeof value === 'object' ? 'an object' : value;
  } catch (error) {
    return ['threw', error instanceof Error ? error.message : error];
  }
}

const plans = fc.array(
  fc.record({
    isAround: fc.boolean(),
    isLate: fc.boolean(),
    isDeaf: fc.boolean(),
    failsAt: fc.constantFrom(...moments),
  }),
  { minLength: 1, maxLength: 6 },
);

test.each(Object.entries(calls))('%s: whatever advice there is, and wherever each fails', async (_, { body, end }) => {
  await fc.assert(
    fc.asyncProperty(plans, async (given) => {
      restartReports(() => undefined);
      const order: string[] = [];
      const made = given.map((plan, place) => adviceOf(plan, order, place));
      let ran = 0;
      const counted =
        body === calls['generator']?.body
          ? function* () {
              ran += 1;
              yield* body() as Generator;
            }
          : () => {
              ran += 1;
              return body();
            };
      const bare = await used(counted);
      ran = 0;
      weaveWith(made.map(({ advice }) => advice));
      expect(await used(switchable(counted, [record]) as () => unknown)).toEqual(bare);
      for (const loom of looms.splice(0)) loom.stop();
      expect(ran).toBe(1);
      expect(quiet.depth).toBe(0);
      let failures = 0;
      for (const { account } of made) {
        const { plan, told } = account;
        const hasBegun = plan.isLate || (plan.failsAt !== 'begin' && told.includes('begin'));
        expect(told.filter((moment) => moment === 'begin')).toHaveLength(plan.isLate ? 0 : 1);
        const isTold = hasBegun && !(end === 'withdrawn' && plan.isDeaf);
        expect(told.filter((moment) => moment === 'settled' || moment === 'withdrawn')).toEqual(isTold ? [end] : []);
        expect(account.running).toBe((plan.isLate || !hasBegun ? 0 : 1) - (isTold ? 1 : 0));
        if (!hasBegun) expect(told).toEqual(['begin']);
        failures += told.filter((moment) => moment === plan.failsAt).length;
      }
      // Those that are told of the end are told in the other order; one runs the code inside itself.
      const placesAt = (...at: string[]): number[] =>
        order.filter((one) => at.includes(one.split(' ')[1] as string)).map((one) => Number.parseInt(one, 10));
      expect(placesAt('begin')).toEqual([...placesAt('begin')].sort((a, b) => a - b));
      expect(placesAt('settled', 'withdrawn')).toEqual([...placesAt('settled', 'withdrawn')].sort((a, b) => b - a));
      const around = made.findLastIndex(
        ({ account: { plan } }) => plan.isAround && (plan.isLate || plan.failsAt !== 'begin'),
      );
      expect(new Set(placesAt('within'))).toEqual(new Set(around < 0 ? [] : [around]));
      expect(reported().reduce((sum, { count }) => sum + count, 0)).toBe(failures);
    }),
    { seed: 5, numRuns: 150 },
  );
});
