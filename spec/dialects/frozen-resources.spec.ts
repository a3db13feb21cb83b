/**
 * Code that runs for a frozen promise, or in a frozen asynchronous resource: Node keeps the active Context on those, and they take
 * nothing. The call is told of all the same, but for being active.
 */
import { AsyncResource } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { Counted, InFlight, Traced } from 'spandrel';
import { recorded } from '../support/recorded-telemetry.js';

afterEach(async () => {
  delete process.env['OTEL_TRACES_SAMPLER'];
  await recorded.stop();
});

class Job {
  @Traced()
  @InFlight('job.running')
  @Counted('job.count')
  step(): string {
    return 'done';
  }

  @Traced()
  async slow(): Promise<never> {
    await pause(5);
    throw new TypeError('too slow');
  }

  @Traced()
  fails(): never {
    throw new TypeError('no');
  }
}

const job = new Job();

/** What a promise reaction runs for, frozen before it does. */
async function afterFrozen<T>(work: () => T): Promise<Awaited<T>> {
  const { promise, resolve } = withResolvers();
  const frozen = Object.freeze(promise.then(work));
  resolve();
  return await frozen;
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

const ways: Record<string, <T>(work: () => T) => T | Promise<Awaited<T>>> = {
  'for a frozen promise': afterFrozen,
  'in a frozen resource': (work) => Object.freeze(new AsyncResource('spec')).runInAsyncScope(work),
};

const failures = async (): Promise<unknown> =>
  (await recorded.trees()).map(({ name, status, statusMessage }) => [name, status, statusMessage]);

describe.each(Object.keys(ways))('%s', (way) => {
  const run = ways[way] as <T>(work: () => T) => Promise<Awaited<T>>;

  test('all kept', async () => {
    recorded.start();
    expect(await run(() => job.step())).toBe('done');
    await expect(run(() => job.slow())).rejects.toThrow('too slow');
    await expect(async () => run(() => job.fails())).rejects.toThrow('no');
    expect(await failures()).toEqual([
      ['Job.step', 'unset', undefined],
      ['Job.slow', 'error', 'too slow'],
      ['Job.fails', 'error', 'no'],
    ]);
    expect(recorded.faults().map(({ code, where }) => [code, where])).toEqual(
      ['Job.fails', 'Job.slow', 'Job.step'].map((where) => ['SPANDREL_ADVICE_FAILED', where]),
    );
  });

  test.each(['always_on', 'always_off'])('metrics, %s', async (sampler) => {
    process.env['OTEL_TRACES_SAMPLER'] = sampler;
    recorded.start();
    expect(await run(() => job.step())).toBe('done');
    expect(await recorded.points('job.running')).toEqual([[{}, 0]]);
    expect(await recorded.points('job.count')).toEqual([[{}, 1]]);
  });
});
