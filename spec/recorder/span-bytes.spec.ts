/**
 * What is estimated of a span's bytes is within a factor of two of what the heap says, for spans as programs have them; and for
 * others it takes no longer than for these.
 */
import { execFileSync } from 'node:child_process';
import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { spanBytes } from '../../lib/recorder/span-bytes.js';

test('the heap says the same, within a factor of two', () => {
  const args = ['--expose-gc', '--import', 'tsx', 'spec/recorder/span-heap-program.ts'];
  const lines = execFileSync(process.execPath, args, { encoding: 'utf8' }).trim().split('\n');
  const told = lines.map((line) => JSON.parse(line) as { kind: string; held: number; estimate: number });
  expect(told.length).toBeGreaterThan(10);
  expect(told.filter(({ held, estimate }) => estimate < held / 2 || estimate > held * 2)).toEqual([]);
});

test.each([
  ['its name', { name: 'x'.repeat(100_000) }],
  ['its status', { status: { code: 2, message: 'x'.repeat(100_000) } }],
  ['an event', { events: [{ name: 'x'.repeat(100_000), time: [0, 0] as [number, number] }] }],
])('a long text is counted wherever a span has it: %s', (_, part) => {
  const bytes = spanBytes({ ...spanWith({}), ...part });
  expect(bytes).toBeGreaterThan(100_000);
  expect(bytes).toBeLessThan(200_000);
});

/** A span of another SDK: no more than what is asked for. */
const spanWith = (attributes: Attributes, events: ReadableSpan['events'] = []): ReadableSpan =>
  ({ attributes, events, links: [] }) as unknown as ReadableSpan;

/** Counts how often it is read. */
function counting<T extends object>(target: T): { readonly seen: T; reads: number } {
  const counted = {
    reads: 0,
    seen: new Proxy(target, {
      get(from, key, receiver) {
        counted.reads += 1;
        return Reflect.get(from, key, receiver) as unknown;
      },
    }),
  };
  return counted;
}

test.each([1_000, 20_000])('of %i attributes, elements or events only the first are looked at', (many) => {
  const attributes = counting(Object.fromEntries(Array.from({ length: many }, (_, n) => [`key ${n}`, 'value'])));
  const list = counting(Array.from({ length: many }, () => 'element'));
  const event = { name: 'event', time: [0, 0] as [number, number], attributes: { a: 'b' } };
  const events = counting(Array.from({ length: many }, () => event));
  spanBytes(spanWith(attributes.seen));
  expect(spanBytes(spanWith({ list: list.seen }))).toBeGreaterThan(many * 7);
  expect(spanBytes(spanWith({}, events.seen))).toBeGreaterThan(many * 100);
  expect(attributes.reads + list.reads + events.reads).toBeLessThan(200);
});
