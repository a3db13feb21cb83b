/**
 * Functions given for options and sources: whatever they do, and whatever they give, the call is as it would be without
 * them. A promise is no answer, and its rejection brings nothing down.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Counted, call, Gauged, Traced } from 'spandrel';
import { recorded, span } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

test('what a function does to the facts does not reach the call', async () => {
  class Facts {
    @Traced({
      name: ({ args }) => {
        (args as unknown[]).length = 0;
        return 'named';
      },
      attributes: {
        taken: (facts) => {
          Object.assign(facts, { result: 'changed', error: new Error('made up') });
          return facts.args.length;
        },
        after: ({ result, args }) => `${String(result)} ${args.length}`,
      },
    })
    run(...given: number[]): number[] {
      return given;
    }
  }
  expect(new Facts().run(1, 2, 3)).toEqual([1, 2, 3]);
  const attributes = { 'code.function.name': 'Facts.run', taken: 3, after: '1,2,3 3' };
  expect(await recorded.trees()).toEqual([span('named', { attributes })]);
});

test('a function that gives a promise costs what it was for, and its rejection is handled', async () => {
  const unhandled: unknown[] = [];
  const listen = (reason: unknown): void => void unhandled.push(reason);
  process.on('unhandledRejection', listen);
  const later = async (): Promise<never> => {
    throw new Error('later');
  };
  class Later {
    @Traced({
      name: later as never,
      attributes: { direct: later, mapped: call.arg(0).map(later), kept: call.arg(0) },
      parent: later as never,
      links: later as never,
      expected: later as never,
    })
    @Counted('later.count', { amount: later as never })
    run(given: string): string {
      return given;
    }
    @Gauged('later.gauge')
    get size(): number {
      return Promise.reject(new Error('gauge')) as never;
    }
  }
  const made = new Later();
  expect(made.run('x')).toBe('x');
  (made.size as unknown as Promise<number>).catch(() => undefined);
  expect(await recorded.points('later.gauge')).toEqual([]);
  expect(await recorded.points('later.count')).toEqual([]);
  expect(await recorded.trees()).toEqual([span('Later.run', { attributes: { kept: 'x' } })]);
  await sleep(5);
  process.off('unhandledRejection', listen);
  expect(unhandled).toEqual([]);
  expect(
    recorded
      .faults()
      .map(({ code, where }) => `${code} ${where}`)
      .sort(),
  ).toEqual([
    'SPANDREL_GAUGE_FAILED Later.size',
    'SPANDREL_OPTION_FAILED Later.run',
    'SPANDREL_SOURCE_FAILED Later.run',
  ]);
});

test('an argument that is a promise is left out, and left alone', async () => {
  const unhandled: unknown[] = [];
  const listen = (reason: unknown): void => void unhandled.push(reason);
  process.on('unhandledRejection', listen);
  class Waiting {
    @Traced({ attributes: { given: call.arg(0), result: call.result('length') } })
    async run(given: Promise<string>): Promise<string> {
      return given;
    }
  }
  expect(await new Waiting().run(Promise.resolve('abc'))).toBe('abc');
  await expect(new Waiting().run(Promise.reject(new RangeError('no')))).rejects.toThrow(RangeError);
  await sleep(5);
  process.off('unhandledRejection', listen);
  expect(unhandled).toEqual([]);
  const [first] = await recorded.trees();
  expect(first).toEqual(span('Waiting.run', { attributes: { result: 3 } }));
});
