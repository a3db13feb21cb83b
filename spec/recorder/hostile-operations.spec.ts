/**
 * What a program gives a woven span by the OpenTelemetry API, where it is too much or does harm.
 */
import { type Attributes, diag, ROOT_CONTEXT, type Span } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { collectGarbage } from '../support/collect-garbage.js';
import { recorderOf, usualBounds } from '../support/recorder-of.js';

type Begun = Span & ReadableSpan;

function begun(length = 65_536): Begun {
  const recorder = recorderOf({ bounds: { ...usualBounds, attributeValueLengthLimit: length } });
  const site = recorder.at({ kind: 0, attributes: {}, more: [] });
  return site.start('s', ROOT_CONTEXT, performance.now(), undefined, undefined) as unknown as Begun;
}

const refuse = (): never => {
  throw new Error('do not look');
};

/** Counts how often it is read. */
function counted(length: number, item: unknown): { list: string[]; reads: () => number } {
  let reads = 0;
  const list = new Proxy(new Array<string>(length), {
    get: (target, key, receiver): unknown => {
      reads += 1;
      return typeof key === 'string' && /^\d+$/.test(key) ? item : Reflect.get(target, key, receiver);
    },
    has: () => true,
  });
  return { list, reads: () => reads };
}

test('a list of a million texts: its beginning, and how many there are more', () => {
  const { list, reads } = counted(1_000_000, 'x');
  const span = begun().setAttribute('list', list).addEvent('e', { list }) as Begun;
  for (const kept of [span.attributes['list'], span.events[0]?.attributes?.['list']] as string[][]) {
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([8192, 'x', '[… 991809 more]']);
  }
  expect(reads()).toBeLessThan(50_000);
});

test('a list of a million that is no attribute is refused as that', () => {
  diag.setLogger({ warn, error: warn, info: warn, debug: warn, verbose: warn } as never);
  const told: unknown[] = [];
  function warn(...words: unknown[]): void {
    told.push(...words);
  }
  const { list } = counted(1_000_000, {});
  const span = begun().setAttribute('list', list) as Begun;
  diag.disable();
  expect(span.attributes).toEqual({});
  expect(told).toContain('Invalid attribute value set for key: list');
});

test('an event with a hundred thousand attributes: as many as may be, the others counted', () => {
  let reads = 0;
  const many = Object.defineProperties(
    {},
    Object.fromEntries(
      Array.from({ length: 20_000 }, (_, at) => [
        `a${at}`,
        {
          enumerable: true,
          get(): number {
            reads += 1;
            return at;
          },
        },
      ]),
    ),
  ) as Attributes;
  const span = begun().addEvent('e', many) as Begun;
  const [event] = span.events;
  expect([Object.keys(event?.attributes ?? {}).length, event?.droppedAttributesCount]).toEqual([128, 19_872]);
  expect(reads).toBeLessThan(5000);
});

test('an exception that can’t be read is told as far as it can', () => {
  const message = Object.defineProperty(new Error('m'), 'name', { get: refuse });
  const list = { code: new Array(1_000_000).fill('c'), name: 'Named', message: 'x'.repeat(100_000) };
  const span = begun(50);
  span.recordException(message);
  span.recordException(list as never);
  span.recordException({ code: { toString: refuse }, message: 'kept' } as never);
  span.recordException(new Proxy({}, { get: refuse }) as never);
  expect(span.events.map(({ attributes }) => attributes)).toEqual([
    expect.objectContaining({ 'exception.message': 'm' }),
    { 'exception.type': 'Named', 'exception.message': `${'x'.repeat(49)}…` },
    { 'exception.message': 'kept' },
  ]);
});

test('names and messages of any length are cut; what is no text passes as it does in the SDK', () => {
  const span = begun();
  span.updateName('n'.repeat(5000)).setStatus({ code: 2, message: 'm'.repeat(100_000) });
  expect([span.name, span.status.message]).toEqual([`${'n'.repeat(1023)}…`, `${'m'.repeat(65_535)}…`]);
  expect(begun().updateName(7 as never)).toMatchObject({ name: 7 });
});

test('of a text that is cut, nothing else is held', async () => {
  const span = begun();
  await collectGarbage();
  const { heapUsed } = process.memoryUsage();
  for (let at = 0; at < 100; at += 1) span.setAttribute(`a${at}`, String(at).padEnd(2_000_000, 'x'));
  await collectGarbage();
  expect(process.memoryUsage().heapUsed - heapUsed).toBeLessThan(100_000_000);
});
