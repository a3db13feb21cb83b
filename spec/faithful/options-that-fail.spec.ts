/**
 * What an option gives may fail later than the option itself: in OpenTelemetry, in an exporter, in the program's own code
 * that asks for the active span. It is read where it is given, and one of several costs the others nothing.
 */
import { context, ROOT_CONTEXT, type SpanContext, trace } from '@opentelemetry/api';
import { type CallFacts, Counted, call, Gauged, Traced } from 'spandrel';
import { failedSpan, recorded, span } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

const refuse = (): never => {
  throw new Error('do not look');
};
const remote: SpanContext = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 };

describe('expected', () => {
  class NotFound extends Error {}
  class Refusing extends Error {
    static override [Symbol.hasInstance](): boolean {
      return refuse();
    }
  }
  class Users {
    @Traced({ expected: [Refusing, NotFound] })
    @Counted('users.found', { attributes: { outcome: call.outcome() } })
    find(error: unknown): never {
      throw error;
    }
    @Traced({ expected: Refusing })
    get(error: unknown): never {
      throw error;
    }
  }

  test('one class that fails when it is asked costs the others of the list nothing', async () => {
    const users = new Users();
    const found = new NotFound('x');
    expect(() => users.find(found)).toThrow(found);
    expect(() => users.find(new RangeError('no'))).toThrow(RangeError);
    expect(() => users.get(new RangeError('no'))).toThrow(RangeError);
    const failure = { type: 'RangeError', message: 'no' };
    expect(await recorded.trees()).toEqual([
      span('Users.find'),
      failedSpan('Users.find', failure),
      failedSpan('Users.get', failure),
    ]);
    expect(await recorded.points('users.found')).toEqual([
      [{ outcome: 'error', 'error.type': 'RangeError' }, 1],
      [{ outcome: 'success' }, 1],
    ]);
    expect(recorded.faults()).toEqual([
      { code: 'SPANDREL_OPTION_FAILED', where: 'Users.find', count: 2 },
      { code: 'SPANDREL_OPTION_FAILED', where: 'Users.get', count: 1 },
    ]);
  });
});

describe('links', () => {
  class Linking {
    @Traced({ links: ({ args }: CallFacts) => args as never })
    run(..._links: unknown[]): void {}
  }

  test('one that fails costs the others nothing', async () => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', listen);
    const badly = {
      get context(): never {
        return refuse();
      },
    };
    const withBadAttributes = {
      context: remote,
      attributes: {
        get why(): never {
          return refuse();
        },
        also: 'kept',
      },
    };
    new Linking().run(remote, badly, Promise.reject(new Error('later')), withBadAttributes, {
      context: remote,
      attributes: { why: 'kept' },
    });
    await new Promise(setImmediate);
    process.off('unhandledRejection', listen);
    expect(unhandled).toEqual([]);
    const [tree] = await recorded.trees();
    expect(tree?.links).toEqual([
      { spanId: remote.spanId, attributes: {} },
      { spanId: remote.spanId, attributes: { also: 'kept' } },
      { spanId: remote.spanId, attributes: { why: 'kept' } },
    ]);
    expect(recorded.faults()).toEqual([{ code: 'SPANDREL_OPTION_FAILED', where: 'Linking.run', count: 3 }]);
    expect(recorded.warnings()).toHaveLength(1);
  });

  test('what is no link of anything is left out', async () => {
    const zero = { traceId: '0'.repeat(32), spanId: '0'.repeat(16), traceFlags: 0 };
    new Linking().run({ context: zero }, { context: { traceId: 'short', spanId: 'short' } }, zero, 7, {});
    expect(await recorded.trees()).toEqual([span('Linking.run')]);
    expect(recorded.faults()).toEqual([]);
  });

  test('a link is read when the call begins: what becomes of the object later shows nowhere', async () => {
    const attributes: Record<string, unknown> = { why: 'then', when: new Date(0) };
    const link = { context: { ...remote }, attributes };
    new Linking().run(link);
    attributes['why'] = 'now';
    Object.assign(link.context, { spanId: 'f'.repeat(16), traceState: { serialize: refuse } });
    const [tree] = await recorded.trees();
    expect(tree?.links).toEqual([
      { spanId: remote.spanId, attributes: { why: 'then', when: '1970-01-01T00:00:00.000Z' } },
    ]);
  });
});

describe('parent', () => {
  class Child {
    @Traced({ parent: call.arg(0) })
    run(_parent: unknown): unknown {
      return trace.getActiveSpan()?.spanContext().traceId;
    }
  }
  class Outer {
    @Traced()
    run(parent: unknown): unknown {
      return new Child().run(parent);
    }
  }

  test.each<[string, unknown]>([
    ['whose getValue throws', { getValue: refuse, setValue: () => ROOT_CONTEXT, deleteValue: () => ROOT_CONTEXT }],
    ['whose setValue throws', { getValue: () => undefined, setValue: refuse, deleteValue: refuse }],
    ['that keeps nothing', { getValue: () => undefined, setValue: () => ROOT_CONTEXT }],
    ['that gives no context', { getValue: () => undefined, setValue: () => undefined }],
  ])('a Context %s does not become the active one: the program asks that one', async (_, hostile) => {
    expect(new Outer().run(hostile)).toMatch(/^[0-9a-f]{32}$/);
    expect(await recorded.trees()).toEqual([span('Outer.run', {}, span('Child.run'))]);
    expect(recorded.faults()).toEqual([{ code: 'SPANDREL_OPTION_FAILED', where: 'Child.run', count: 1 }]);
  });

  test.each<[string, unknown]>([
    ['a span that gives no span context', { spanContext: () => undefined }],
    ['a span that gives something else', { spanContext: () => 7 }],
    ['a span context that is none', { traceId: 'x', spanId: 'y' }],
  ])('%s is no parent', async (_, given) => {
    new Outer().run(given);
    expect(await recorded.trees()).toEqual([span('Outer.run', {}, span('Child.run'))]);
    expect(recorded.faults()).toEqual([]);
  });

  test('a span context is read when the call begins', async () => {
    let reads = 0;
    const given = {
      get traceId(): string {
        reads += 1;
        if (reads > 4) refuse();
        return remote.traceId;
      },
      spanId: remote.spanId,
      traceFlags: 1,
      traceState: { serialize: () => 'vendor=1' },
    };
    expect(new Child().run(given)).toBe(remote.traceId);
    reads = 100;
    const [only] = await recorded.spans();
    expect(only?.parentSpanContext).toMatchObject({ traceId: remote.traceId, spanId: remote.spanId });
    expect(only?.spanContext().traceState?.serialize()).toBe('vendor=1');
  });
});

describe('attributes', () => {
  test('a value is read where it is given, also one of a class that answers otherwise', async () => {
    class OddDate extends Date {
      override toISOString(): string {
        return new Proxy({}, { get: () => refuse }) as never;
      }
    }
    class OddList extends Array<string> {
      override map<U>(): U[] {
        return new Proxy([], { get: refuse }) as never;
      }
    }
    class Odd {
      @Traced({ attributes: { date: call.arg(0), list: call.arg(1), kept: 1 } })
      run(_date: Date, _list: readonly string[]): void {}
    }
    new Odd().run(new OddDate(0), OddList.from(['a', 'b']));
    const attributes = { date: '1970-01-01T00:00:00.000Z', list: ['a', 'b'], kept: 1 };
    expect(await recorded.trees()).toEqual([span('Odd.run', { attributes })]);
    expect(recorded.faults()).toEqual([]);
  });

  test('of a gauge: the value is told without the one that fails', async () => {
    class Tank {
      @Gauged('options.level', { attributes: { bad: call.self().map(refuse), worse: refuse, kept: 1 } })
      get level(): number {
        return 3;
      }
    }
    const tank = new Tank();
    expect(tank.level).toBe(3);
    expect(await recorded.points('options.level')).toEqual([[{ kept: 1 }, 3]]);
    expect(recorded.faults()).toEqual([{ code: 'SPANDREL_SOURCE_FAILED', where: 'Tank.level', count: 2 }]);
    expect(recorded.warnings()).toHaveLength(2);
  });
});

test('an option may end the telemetry it is part of', async () => {
  let stopped: Promise<void> | undefined;
  class Ending {
    @Traced({
      name: () => {
        stopped ??= recorded.stop();
        return 'ended';
      },
    })
    run(): string {
      return String(context.active() === ROOT_CONTEXT);
    }
  }
  const ending = new Ending();
  expect(ending.run()).toBe('true');
  await stopped;
  expect(ending.run()).toBe('true');
});
