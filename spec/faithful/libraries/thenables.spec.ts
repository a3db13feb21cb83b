/**
 * Thenables that are no promises of the language: bluebird's, supertest's tests, and promises in the manner of Prisma, which
 * run when they are awaited. They are values to us, whatever they do later.
 */
import Bluebird from 'bluebird';
import { failedSpan, recorded, span } from '../../support/recorded-telemetry.js';
import { type ScriptedServer, sendJson } from './support/scripted-server.js';
import { expectTelemetry, type Log, type Mark, outcomeOf, told, twice } from './support/twice.js';
import { twiceServed } from './support/twice-served.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

describe('bluebird', () => {
  const jobs = (mark: Mark) => {
    class Jobs {
      given: unknown;

      @mark
      run<T>(value: T): Bluebird<T> {
        const promise = Bluebird.resolve(value).tap(() => Bluebird.resolve());
        this.given = promise;
        return promise;
      }

      @mark
      fail(): Bluebird<never> {
        return Bluebird.reject(new RangeError('broken'));
      }

      @mark
      hang(stopped: () => void): Bluebird<never> {
        return new Bluebird((_resolve, _reject, onCancel) => onCancel?.(stopped));
      }

      @mark
      async wait<T>(value: T): Promise<T> {
        return this.run(value);
      }
    }
    return new Jobs();
  };

  beforeAll(() => Bluebird.config({ cancellation: true, warnings: false }));

  test('is the promise it was, with its own methods, chains and cancellation', async () => {
    const { result, log } = await twice(jobs, async (service, log) => {
      const promise = service.run([1, 2, 3]);
      const hanging = service.hang(() => log.push('stopped'));
      hanging.cancel();
      return [
        [promise === service.given, promise instanceof Bluebird, promise instanceof Promise, promise.isPending()],
        await promise.map((n) => n * 2).filter((n) => n > 2),
        await promise.spread((a: number, b: number) => a + b),
        await promise.timeout(10_000),
        [promise.isFulfilled(), promise.value(), hanging.isCancelled()],
        await service.fail().catch(RangeError, (error: Error) => told(error)),
        service.fail().reflect().isPending(),
        await service.wait('done'),
      ];
    });
    expect(result[0]).toEqual([true, true, false, true]);
    expect(result[5]).toBe('RangeError RangeError: broken');
    expect(log).toEqual(['stopped']);
    await expectTelemetry(
      span('Jobs.run'),
      span('Jobs.hang'),
      span('Jobs.fail'),
      span('Jobs.fail'),
      span('Jobs.wait', {}, span('Jobs.run')),
    );
  });

  test('a rejection nobody handles is told by bluebird, once', async () => {
    const { log } = await twice(jobs, async (service, log) => {
      await new Promise<void>((resolve) => {
        Bluebird.onPossiblyUnhandledRejection((error) => {
          log.push(told(error));
          resolve();
        });
        service.fail();
      });
      Bluebird.onPossiblyUnhandledRejection(undefined);
    });
    expect(log).toEqual(['RangeError RangeError: broken']);
    await expectTelemetry(span('Jobs.fail'));
  });
});

describe('supertest', () => {
  interface Test extends PromiseLike<{ readonly status: number; readonly body: unknown }> {
    set(name: string, value: string): this;
    expect(status: number): this;
  }
  // Its types bring those of a browser with them.
  const supertest = jest.requireActual<(url: string) => { get(path: string): Test }>('supertest');

  test('asks when it is awaited, once', async () => {
    const { gave, requests } = await twiceServed(
      (response) => sendJson(response, { fine: true }),
      ({ url }: ScriptedServer, mark) => {
        class Api {
          @mark
          get(path: string): Test {
            return supertest(url).get(path);
          }
        }
        return new Api();
      },
      async (api, server) => {
        api.get('/never');
        const asking = api.get('/once').set('accept', 'application/json').expect(200);
        const before = server.requests.length;
        const { status, body } = await asking;
        return [before, status, body, await outcomeOf(api.get('/refused').expect(404))];
      },
    );
    expect(gave).toEqual([0, 200, { fine: true }, { rejected: expect.stringContaining('expected 404 "Not Found"') }]);
    expect(requests).toEqual(['GET /once', 'GET /refused']);
    await expectTelemetry(span('Api.get'), span('Api.get'), span('Api.get'));
  });
});

describe('promises in the manner of Prisma', () => {
  /** As its client makes them: nothing is asked before a handler is there, and what was asked is kept. */
  class LazyPromise<T> {
    readonly [Symbol.toStringTag] = 'PrismaPromise';
    readonly #ask: (transaction?: string) => Promise<T>;
    #asked: Promise<T> | undefined;

    constructor(ask: (transaction?: string) => Promise<T>) {
      this.#ask = ask;
    }

    // biome-ignore lint/suspicious/noThenProperty: it is a thenable
    then<A = T, B = never>(
      fulfilled?: ((value: T) => A | PromiseLike<A>) | null,
      rejected?: ((error: unknown) => B | PromiseLike<B>) | null,
    ): Promise<A | B> {
      this.#asked ??= this.#ask();
      return this.#asked.then(fulfilled, rejected);
    }

    catch<B>(rejected: (error: unknown) => B): Promise<T | B> {
      return this.then((value) => value, rejected);
    }

    requestTransaction(name: string): Promise<T> {
      return this.#ask(name);
    }
  }

  const users = (mark: Mark, log: Log) => {
    class Users {
      @mark
      find(id: number): LazyPromise<{ id: number }> {
        return new LazyPromise(async (transaction) => {
          log.push(['asks', id, transaction]);
          if (id < 0) throw new RangeError('no such user');
          return { id };
        });
      }

      @mark
      async name(id: number): Promise<string> {
        return `user ${(await this.find(id)).id}`;
      }
    }
    return new Users();
  };

  test('ask when they are awaited, and only then; in a transaction when that asks', async () => {
    const { result, log } = await twice(users, async (service, log) => {
      const never = service.find(1);
      const once = service.find(2);
      log.push('built');
      return [
        Object.prototype.toString.call(never),
        [await once, await once],
        await Promise.all([service.find(3), service.find(4)].map((one) => one.requestTransaction('t'))),
        await outcomeOf(service.find(-1)),
        await service.find(-2).catch(told),
        await service.name(5),
        await outcomeOf(service.name(-3)),
      ];
    });
    expect(log.slice(0, 3)).toEqual(['built', ['asks', 2, undefined], ['asks', 3, 't']]);
    expect(result[0]).toBe('[object PrismaPromise]');
    const find = span('Users.find');
    await expectTelemetry(
      ...new Array(6).fill(find),
      span('Users.name', {}, find),
      failedSpan('Users.name', { type: 'RangeError', message: 'no such user' }, {}, find),
    );
  });
});
