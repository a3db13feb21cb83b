/**
 * The active Context is where the API's `context.with` would have put it, whichever way it got there and wherever the program
 * goes on: random programs are played twice, and see the same at every place.
 */
import { AsyncLocalStorage, AsyncResource, executionAsyncResource } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import { type Context, context, createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import * as fc from 'fast-check';
import { contextPlace } from '../../lib/provider/context-place.js';
import { type ContextPlace, Surroundings } from '../../lib/recorder/surroundings.js';

const key = createContextKey('spec.surroundings');
const other = new AsyncLocalStorage<string>();
const lasting = new AsyncResource('spec.lasting');
let manager: AsyncLocalStorageContextManager;

beforeEach(() => {
  manager = new AsyncLocalStorageContextManager().enable();
  context.setGlobalContextManager(manager);
});
afterEach(() => context.disable());

type Work = () => Promise<void>;

/** The ways a program goes on. */
const ways = {
  now: (work: Work) => work(),
  promise: (work: Work) => Promise.resolve().then(work),
  microtask: (work: Work) => new Promise<void>((done) => queueMicrotask(() => done(work()))),
  tick: (work: Work) => new Promise<void>((done) => process.nextTick(() => done(work()))),
  timer: (work: Work) => new Promise<void>((done) => setTimeout(() => done(work()), 0)),
  immediate: (work: Work) => new Promise<void>((done) => setImmediate(() => done(work()))),
  resource: (work: Work) => new AsyncResource('spec').runInAsyncScope(work),
  'an older resource': (work: Work) => lasting.runInAsyncScope(work),
  bound: (work: Work) => AsyncResource.bind(work)(),
  thenable: (work: Work) =>
    // biome-ignore lint/suspicious/noThenProperty: the language calls it
    Promise.resolve({ then: (done: (value: unknown) => void) => done(work()) }) as unknown as Promise<void>,
  event: (work: Work) => {
    const emitter = new EventEmitter();
    return new Promise<void>((done) => {
      emitter.on('go', () => done(work()));
      setImmediate(() => emitter.emit('go'));
    });
  },
  iteration: async (work: Work) => {
    const steps = (async function* () {
      yield 1;
      await work();
      yield 2;
    })();
    for await (const _ of steps);
  },
  'another storage': (work: Work) => other.run('inside', work),
  'out of another storage': (work: Work) => other.exit(work),
} as const;

/** One step of a program: where it runs, how it goes on, and what is done there. */
interface Step {
  readonly entered: 'ours' | 'api' | 'not';
  readonly way: keyof typeof ways;
  readonly fails: 'never' | 'at once' | 'later';
  readonly inside: readonly Step[];
  readonly isParallel: boolean;
}

const { step: steps } = fc.letrec<{ step: Step }>((tie) => ({
  step: fc.record({
    entered: fc.constantFrom('ours', 'ours', 'api', 'not'),
    way: fc.constantFrom(...(Object.keys(ways) as (keyof typeof ways)[])),
    fails: fc.constantFrom('never', 'never', 'at once', 'later'),
    inside: fc.oneof({ depthSize: 'small' }, fc.constant([]), fc.array(tie('step'), { maxLength: 3 })),
    isParallel: fc.boolean(),
  }),
}));

type Within = (active: Context, work: () => void) => void;

/** What is active at each place of a program. */
async function seenBy(program: readonly Step[], within: Within, active: () => Context): Promise<Map<string, unknown>> {
  const seen = new Map<string, unknown>();
  const look = (at: string): void => {
    seen.set(at, [context.active().getValue(key), active().getValue(key), other.getStore()]);
  };
  const play = async ({ entered, way, fails, inside, isParallel }: Step, at: string): Promise<void> => {
    look(`${at} before`);
    const run = (): Promise<void> => {
      look(`${at} entered`);
      if (fails === 'at once') throw new Error(at);
      return ways[way](async () => {
        look(`${at} on its way`);
        const started = [];
        for (const [i, step] of inside.entries()) {
          const played = play(step, `${at}.${i}`);
          if (isParallel) started.push(played);
          else await played;
        }
        await Promise.all(started);
        look(`${at} done`);
        if (fails === 'later') throw new Error(at);
      });
    };
    let running: Promise<void> | undefined;
    const start = (): void => {
      running = run();
    };
    const own = context.active().setValue(key, at);
    try {
      if (entered === 'ours') within(own, start);
      else if (entered === 'api') context.with(own, start);
      else start();
    } catch (error) {
      expect(error).toEqual(new Error(at));
    }
    look(`${at} after`);
    await running?.catch((error: unknown) => expect(error).toEqual(new Error(at)));
    look(`${at} after all`);
  };
  await Promise.all(program.map((step, i) => play(step, `${i}`)));
  look('at the end');
  return seen;
}

const placeOf = (): ContextPlace => contextPlace(manager) as ContextPlace;

describe.each<[string, () => ContextPlace | undefined]>([
  ['on the executing resource', placeOf],
  ['by the storage’s `run`, where Node keeps it elsewhere', () => ({ ...placeOf(), kept: undefined })],
  [
    'by the storage’s `run`, where it is not in use yet',
    () => ({ ...placeOf(), kept: { enabled: false, kResourceStore: Symbol('never') } }),
  ],
  ['by the API, where the storage can’t be had', () => undefined],
  ['by the API, where another manager is registered', () => ({ ...placeOf(), holds: () => false })],
])('%s', (_, place) => {
  test('random programs see what they see under `context.with`', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 3 }), async (program) => {
        const surroundings = new Surroundings(place());
        const ours = await seenBy(
          program,
          (active, run) => surroundings.run(active, { run }),
          () => surroundings.active(),
        );
        const api = await seenBy(
          program,
          (active, run) => context.with(active, run),
          () => context.active(),
        );
        expect(ours).toEqual(api);
        expect(context.active()).toBe(ROOT_CONTEXT);
      }),
      { seed: 7, numRuns: 250 },
    );
  });

  test('the work is handed over as it is, and runs once', () => {
    const surroundings = new Surroundings(place());
    const own = ROOT_CONTEXT.setValue(key, 'own');
    const work = {
      ran: [] as unknown[],
      run() {
        this.ran.push(context.active());
      },
    };
    surroundings.run(own, work);
    expect(work.ran).toEqual([own]);
    expect(surroundings.active()).toBe(ROOT_CONTEXT);
  });
});

// Node 24 keeps it elsewhere.
const testOfResource = 'kResourceStore' in other ? test : test.skip;

testOfResource('the direct way is the one that is taken, and leaves the resource as it was', () => {
  const place = placeOf();
  expect(place.kept?.enabled).toBe(true);
  const run = jest.spyOn(place.storage, 'run');
  const at = place.kept?.kResourceStore as symbol;
  const resource = executionAsyncResource() as Record<symbol, unknown>;
  const own = ROOT_CONTEXT.setValue(key, 'own');
  new Surroundings(place).run(own, { run: () => expect(resource[at]).toBe(own) });
  expect(resource[at]).toBeUndefined();
  expect(run).not.toHaveBeenCalled();
});
