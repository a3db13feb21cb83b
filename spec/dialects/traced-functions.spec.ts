/**
 * `traced(options, fn)`: for a plain function what `@Traced` is for a method.
 */
import { type CallFacts, call, traced } from 'spandrel';
import { failedSpan, recorded, span } from '../support/recorded-telemetry.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

test('sync, async and generator functions, arrows and methods of objects', async () => {
  const add = traced('sum', (a: number, b: number) => a + b);
  const load = traced({ attributes: { id: call.arg(0), size: call.result('size') } }, async function load(id: string) {
    await Promise.resolve();
    return { id, size: 3 };
  });
  const steps = traced({}, function* steps(to: number) {
    for (let n = 1; n <= to; n += 1) yield n;
    return 'done';
  });
  const later = traced({}, async function* later() {
    yield 1;
  });
  const object = {
    factor: 2,
    times: traced({ kind: 'client' }, function times(this: { factor: number }, n: number) {
      return this.factor * n;
    }),
  };
  expect(add(1, 2)).toBe(3);
  expect(await load('x')).toEqual({ id: 'x', size: 3 });
  expect([...steps(2)]).toEqual([1, 2]);
  for await (const n of later()) expect(n).toBe(1);
  expect(object.times(4)).toBe(8);
  expect(await recorded.trees()).toEqual([
    span('sum', { at: 'sum' }),
    span('load', { attributes: { id: 'x', size: 3 } }),
    span('steps'),
    span('later'),
    span('times', { kind: 'CLIENT' }),
  ]);
});

test('what it throws passes, and is told', async () => {
  const fail = traced({ expected: RangeError }, function fail(error: unknown): never {
    throw error;
  });
  const range = new RangeError('far');
  expect(() => fail(range)).toThrow(range);
  expect(() => fail('text')).toThrow();
  expect(await recorded.trees()).toEqual([
    span('fail'),
    failedSpan('fail', { type: 'string', message: 'text', stack: null }),
  ]);
});

test('it cannot be told from the function', () => {
  const extra = Symbol('extra');
  const bare = Object.assign(function named(this: unknown, _a: number, _b: string, ..._rest: unknown[]): void {}, {
    [extra]: 1,
  });
  const made = traced({}, bare);
  expect(made).not.toBe(bare);
  expect([made.name, made.length, made[extra]]).toEqual(['named', 2, 1]);
  expect(Reflect.ownKeys(made)).toEqual(Reflect.ownKeys(bare));
  expect(Object.getPrototypeOf(traced({}, async function later() {}))).toBe(Object.getPrototypeOf(async () => {}));
  const arrow = traced({ name: 'arrow' }, () => 1);
  expect(() => Reflect.construct(arrow, [])).toThrow(TypeError);
});

test('an old-style constructor still constructs, which is no call', async () => {
  const Point = traced({}, function Point(this: { x: number }, x: number): void {
    this.x = x;
  });
  const made = Reflect.construct(Point, [3]) as { x: number };
  expect(made.x).toBe(3);
  expect(made).toBeInstanceOf(Point);
  expect(await recorded.trees()).toEqual([]);
});

test('the name: the function’s own, or as given; arrows take the name of their variable', async () => {
  const arrow = (): number => 1;
  traced({}, arrow)();
  traced('given', arrow)();
  traced({ name: ({ args }: CallFacts) => `by ${String(args[0])}` }, function chosen(_by: string) {})('call');
  traced(
    'only name',
    (
      () => () =>
        1
    )(),
  )();
  expect(await recorded.trees()).toEqual([
    span('arrow'),
    span('given', { at: 'arrow' }),
    span('by call', { at: 'chosen' }),
    span('only name'),
  ]);
});

test('wrapped before bootstrap, while it runs, and after shutdown: seen while it runs', async () => {
  const during = traced({}, function during() {
    return 'during';
  });
  await recorded.stop();
  const before = traced({}, function before() {
    return 'before';
  });
  expect([during(), before()]).toEqual(['during', 'before']);
  recorded.start();
  expect([during(), before()]).toEqual(['during', 'before']);
  expect(await recorded.trees()).toEqual([span('during'), span('before')]);
  await recorded.stop();
  expect([during(), before()]).toEqual(['during', 'before']);
  expect(await recorded.spans()).toHaveLength(2);
});

test('functions nest like methods', async () => {
  const inner = traced({}, function inner() {});
  const outer = traced({}, async function outer() {
    inner();
    await new Promise((resolve) => setImmediate(resolve));
    inner();
  });
  await outer();
  expect(await recorded.trees()).toEqual([span('outer', {}, span('inner'), span('inner'))]);
});

test('faults are thrown where it is written', () => {
  const thrown = (make: () => unknown): unknown => {
    try {
      return make();
    } catch (fault) {
      return [(fault as { code: unknown }).code, (fault as { what: unknown }).what];
    }
  };
  const fn = (): void => {};
  expect([
    thrown(() => traced({ nmae: 'x' } as never, fn)),
    thrown(() => traced({ include: ['x'] } as never, fn)),
    thrown(() => traced({ kind: 'outer' as never }, fn)),
    thrown(() => traced('', fn)),
    thrown(() => traced({}, 'fn' as never)),
    thrown(() =>
      traced(
        {},
        (
          () => () =>
            1
        )(),
      ),
    ),
    thrown(() =>
      traced(
        { name: () => 'late' },
        (
          () => () =>
            1
        )(),
      ),
    ),
    thrown(() => traced({ sensitivity: 'internal' } as never, fn)),
  ]).toEqual([
    ['SPANDREL_UNKNOWN_OPTION', 'traced() was given an unknown option nmae'],
    ['SPANDREL_UNKNOWN_OPTION', 'traced() was given an unknown option include'],
    ['SPANDREL_BAD_OPTION', 'traced() was given kind = "outer"'],
    ['SPANDREL_BAD_OPTION', 'traced() was given name = ""'],
    ['SPANDREL_BAD_OPTION', 'traced() was given fn = "fn"'],
    ['SPANDREL_NAMELESS', 'the function given to traced() has no name'],
    ['SPANDREL_NAMELESS', 'the function given to traced() has no name'],
    ['SPANDREL_OPTION_NOT_BUILT', 'traced() was given sensitivity, which this version does not have yet'],
  ]);
});
