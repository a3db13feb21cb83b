/**
 * `@InFlight`: up on entry, down when the call settles, with the attributes it went up with.
 */
import { type CallFacts, call, InFlight } from 'spandrel';
import { recorded } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

class Sessions {
  @InFlight('flight.sync', { attributes: { user: call.arg(0) } })
  sync(_user: string, inside: () => void): void {
    inside();
  }

  @InFlight('flight.async', {
    unit: '{session}',
    description: 'Sessions',
    attributes: { user: call.arg(0, 'name'), size: ({ args }: CallFacts) => args.length },
  })
  async session(user: { name: string }, until: Promise<unknown>): Promise<void> {
    user.name = 'changed';
    await until;
  }

  @InFlight('flight.early', {
    attributes: { known: ({ durationMs, result }: CallFacts) => `${durationMs} ${result}` },
  })
  early(): string {
    return 'late';
  }

  @InFlight('flight.steps')
  *steps(): Generator<number> {
    yield 1;
    yield 2;
  }

  @InFlight('flight.async.steps')
  async *asyncSteps(): AsyncGenerator<number> {
    yield 1;
    throw new Error('broken');
  }

  @InFlight('flight.nested')
  async nested(depth: number, deepest: () => Promise<void>): Promise<void> {
    if (depth === 1) await deepest();
    else await this.nested(depth - 1, deepest);
  }
}

test('up while a call runs, down when it returned or threw', async () => {
  const sessions = new Sessions();
  sessions.sync('a', () => undefined);
  expect(() =>
    sessions.sync('b', () => {
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(await recorded.points('flight.sync')).toEqual([
    [{ user: 'a' }, 0],
    [{ user: 'b' }, 0],
  ]);
});

test('a function is asked on entry: how long it took is not known then', async () => {
  new Sessions().early();
  expect(await recorded.points('flight.early')).toEqual([[{ known: 'undefined undefined' }, 0]]);
});

test('a promise is in flight until it settles, whichever way, and comes down with what it went up with', async () => {
  const sessions = new Sessions();
  let release = (): void => {};
  const until = new Promise<void>((resolve) => {
    release = resolve;
  });
  const good = sessions.session({ name: 'a' }, until);
  const bad = sessions.session(
    { name: 'b' },
    until.then(() => Promise.reject(new Error('no'))),
  );
  const alsoGood = sessions.session({ name: 'a' }, until);
  expect(await recorded.points('flight.async')).toEqual([
    [{ size: 2, user: 'a' }, 2],
    [{ size: 2, user: 'b' }, 1],
  ]);
  expect((await recorded.metrics()).get('flight.async')?.descriptor).toMatchObject({
    unit: '{session}',
    description: 'Sessions',
  });
  release();
  await expect(bad).rejects.toThrow('no');
  await Promise.all([good, alsoGood]);
  expect(await recorded.points('flight.async')).toEqual([
    [{ size: 2, user: 'a' }, 0],
    [{ size: 2, user: 'b' }, 0],
  ]);
});

test('a generator is in flight from its first step to its end', async () => {
  const sessions = new Sessions();
  const steps = sessions.steps();
  const left = sessions.steps();
  expect(await recorded.points('flight.steps')).toEqual([]);
  steps.next();
  left.next();
  expect(await recorded.points('flight.steps')).toEqual([[{}, 2]]);
  left.return(undefined);
  expect(await recorded.points('flight.steps')).toEqual([[{}, 1]]);
  expect([...steps]).toEqual([2]);
  expect(await recorded.points('flight.steps')).toEqual([[{}, 0]]);

  const broken = sessions.asyncSteps();
  await broken.next();
  expect(await recorded.points('flight.async.steps')).toEqual([[{}, 1]]);
  await expect(broken.next()).rejects.toThrow('broken');
  expect(await recorded.points('flight.async.steps')).toEqual([[{}, 0]]);
});

test('recursion counts each level', async () => {
  await new Sessions().nested(3, async () => {
    expect(await recorded.points('flight.nested')).toEqual([[{}, 3]]);
  });
  expect(await recorded.points('flight.nested')).toEqual([[{}, 0]]);
  expect((await recorded.metrics()).get('flight.nested')?.descriptor.unit).toBe('{call}');
});
