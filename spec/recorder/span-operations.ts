/**
 * What a program can do to a span by the API, generated: good calls and bad ones, in any order.
 */
import { type Attributes, type Link, type Span, SpanKind, SpanStatusCode, type TimeInput } from '@opentelemetry/api';
import * as fc from 'fast-check';
import type { SpanBounds } from '../../lib/recorder/bounded-values.js';

/** One call, told in words where a test fails. */
export interface Operation {
  readonly told: string;
  on(span: Span): void;
}

const text = fc.string({ maxLength: 12 });
const name = fc.oneof({ weight: 4, arbitrary: fc.constantFrom('a', 'b', 'c', 'd') }, text, fc.constant('__proto__'));
const primitive = fc.oneof(text, fc.double(), fc.boolean(), fc.constant(null), fc.constant(undefined));

/** Values that are attributes, and values that are none. */
const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: primitive },
  fc.array(text, { maxLength: 3 }),
  fc.array(primitive, { maxLength: 3 }),
  fc.constantFrom<unknown>({ not: 'one' }, Symbol.iterator, new Date(0), 7n, () => 1),
);

const attributes: fc.Arbitrary<Attributes> = fc.dictionary(name, value, { maxKeys: 5 }) as fc.Arbitrary<Attributes>;

/** Never left out: what is told of now differs between two spans. */
const time: fc.Arbitrary<TimeInput> = fc.oneof(
  fc.tuple(fc.integer({ min: 1_600_000_000, max: 1_900_000_000 }), fc.integer({ min: 0, max: 999_999_999 })),
  fc.integer({ min: 1_600_000_000_000, max: 1_900_000_000_000 }),
  fc.date({ min: new Date(1_600_000_000_000), max: new Date(1_900_000_000_000), noInvalidDate: true }),
);

const link: fc.Arbitrary<Link> = fc.record(
  { context: fc.constant({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 }), attributes },
  { requiredKeys: ['context'] },
);

const exception = fc.oneof(
  text.map((message) => new TypeError(message)),
  text,
  fc.record(
    { code: fc.constantFrom('E1', 7), message: text, stack: text },
    { requiredKeys: [], noNullPrototype: true },
  ),
  fc.record({ name: text, message: text }, { requiredKeys: [], noNullPrototype: true }),
  fc.constantFrom(undefined, null),
);

const status = fc.record(
  {
    code: fc.constantFrom(SpanStatusCode.UNSET, SpanStatusCode.OK, SpanStatusCode.ERROR),
    message: fc.oneof(text, fc.constantFrom(7, null, undefined)),
  },
  { requiredKeys: ['code'] },
);

/** A call of `method` with each of the arguments generated. */
const called = (method: keyof Span, ...given: fc.Arbitrary<unknown>[]): fc.Arbitrary<Operation> =>
  fc.tuple(...given).map((args) => ({
    told: `${method}(${args.map((arg) => fc.stringify(arg)).join(', ')})`,
    on: (span) => void Reflect.apply(span[method] as (...args: unknown[]) => unknown, span, args),
  }));

const operation = fc.oneof(
  { weight: 4, arbitrary: called('setAttribute', name, value) },
  { weight: 2, arbitrary: called('setAttributes', attributes) },
  { weight: 2, arbitrary: called('addEvent', text, fc.option(attributes, { nil: undefined }), time) },
  called('addEvent', text, time),
  called('addEvent', text, time, time),
  { weight: 2, arbitrary: called('addLink', link) },
  called('addLinks', fc.array(link, { maxLength: 3 })),
  { weight: 2, arbitrary: called('setStatus', status) },
  called('updateName', text),
  { weight: 2, arbitrary: called('recordException', exception, time) },
  called('end', time),
);

export const operations = fc.array(operation, { maxLength: 25 });

const limit = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constant(128));

export const bounds: fc.Arbitrary<SpanBounds> = fc.record({
  attributeCountLimit: limit,
  attributeValueLengthLimit: fc.oneof(fc.integer({ min: -1, max: 6 }), fc.constant(Infinity)),
  eventCountLimit: limit,
  linkCountLimit: limit,
  attributePerEventCountLimit: limit,
  attributePerLinkCountLimit: limit,
});

/** What a span starts with. Advice hands over what is an attribute already. */
export const start = fc.record({
  name: text,
  kind: fc.constantFrom(SpanKind.INTERNAL, SpanKind.SERVER, SpanKind.CLIENT),
  fixed: fc.dictionary(name, fc.oneof(text, fc.double(), fc.array(text, { maxLength: 3 })), { maxKeys: 4 }),
  more: fc.option(fc.dictionary(name, fc.oneof(text, fc.boolean()), { maxKeys: 4 }), { nil: undefined }),
  links: fc.option(fc.array(link, { maxLength: 4 }), { nil: undefined }),
});
