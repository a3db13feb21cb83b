/**
 * What an annotation leaves behind: one frozen record, the same in both dialects, readable by anyone.
 */
import { Counted, call, Gauged, InFlight, Timed, Traced, Untraced } from 'spandrel';
import { recordsOf } from '../support/records-of.js';

const tag = Symbol('tag');
const path = call.arg(0);

@Traced({ prefix: 'p', include: ['parse'] })
@Counted('records.class')
class Parser {
  @Counted('records.parsed', { unit: '{file}', attributes: { path } })
  @Timed('records.time', { buckets: [1, 2] })
  @Traced({ name: 'parse', kind: 'client' })
  parse(): void {}
  @Gauged('records.size', { combine: 'max' })
  get size(): number {
    return 1;
  }
  @Untraced()
  [tag](): void {}
  @InFlight('records.made')
  static parse(): void {}
}

class Derived extends Parser {
  @Counted('records.derived')
  override parse(): void {}
}

class Silent extends Parser {}

const method = { kind: 'method', key: 'parse', static: false };

test('each member has its own, in the order they were applied', () => {
  expect(recordsOf(Parser, 'parse')).toEqual([
    { annotation: 'traced', element: method, options: { name: 'parse', kind: 'client' } },
    { annotation: 'timed', element: method, options: { name: 'records.time', buckets: [1, 2] } },
    {
      annotation: 'counted',
      element: method,
      options: { name: 'records.parsed', unit: '{file}', attributes: { path } },
    },
  ]);
  expect(recordsOf(Parser, 'size')).toEqual([
    {
      annotation: 'gauged',
      element: { kind: 'getter', key: 'size', static: false },
      options: { name: 'records.size', combine: 'max' },
    },
  ]);
  expect(recordsOf(Parser, tag)).toEqual([
    { annotation: 'untraced', element: { kind: 'method', key: tag, static: false }, options: {} },
  ]);
  expect(recordsOf(Parser, 'parse', true)).toEqual([
    {
      annotation: 'in-flight',
      element: { kind: 'method', key: 'parse', static: true },
      options: { name: 'records.made' },
    },
  ]);
});

test('the class has its own', () => {
  const element = { kind: 'class', key: undefined, static: false };
  expect(recordsOf(Parser)).toEqual([
    { annotation: 'counted', element, options: { name: 'records.class' } },
    { annotation: 'traced', element, options: { prefix: 'p', include: ['parse'] } },
  ]);
});

test('a subclass has what it annotates, its base stays as it was', () => {
  expect(recordsOf(Derived, 'parse')).toEqual([
    { annotation: 'counted', element: method, options: { name: 'records.derived' } },
  ]);
  expect(recordsOf(Parser, 'parse')).toHaveLength(3);
  expect(recordsOf(Silent, 'parse')).toEqual([]);
  expect(recordsOf(Silent)).toEqual([]);
});

test('records are frozen, and what was given can change without changing them', () => {
  const options = { attributes: { list: ['a'], fixed: 1 }, include: ['run'] };
  @Traced(options)
  class Given {
    run(): void {}
  }
  options.attributes.list.push('b');
  options.attributes.fixed = 2;
  options.include.push('other');
  const [record] = recordsOf(Given);
  expect(record?.options).toEqual({ attributes: { list: ['a'], fixed: 1 }, include: ['run'] });
  const given = record?.options as typeof options | undefined;
  const parts = [record, record?.element, given, given?.attributes];
  expect(parts.map((part) => Object.isFrozen(part))).toEqual([true, true, true, true]);
});

test('an option given as undefined counts as left out', () => {
  class Sparse {
    @Traced({ name: undefined, kind: undefined, attributes: { left: undefined as never, kept: 1 } })
    run(): void {}
  }
  expect(recordsOf(Sparse, 'run')[0]?.options).toEqual({ attributes: { kept: 1 } });
});
