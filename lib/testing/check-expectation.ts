/**
 * Refuses an expectation that would not be compared: a word that does not exist, or a list or attributes that are none. The test
 * would pass whatever was recorded, above all under `.not`.
 */
import { isAsymmetric, isObject, isPattern } from './expected.js';
import type { ExpectedEvent, ExpectedLink, ExpectedSpan } from './span-expectation.js';

type Words<T> = Readonly<Record<keyof T, true>>;

const ofSpans: Words<ExpectedSpan> = {
  name: true,
  kind: true,
  status: true,
  statusMessage: true,
  attributes: true,
  events: true,
  links: true,
  children: true,
  running: true,
  durationMs: true,
  traceId: true,
  spanId: true,
  exact: true,
};
const ofEvents: Words<ExpectedEvent> = { name: true, attributes: true };
const ofLinks: Words<ExpectedLink> = { traceId: true, spanId: true, attributes: true };

/** @throws TypeError where something of it, or of those beneath it, would not be compared. */
export function checkExpectedSpan(expected: ExpectedSpan): void {
  if (!isPlain(expected)) {
    throw new TypeError(
      `a span is expected as an object, such as { name: 'order.place' }; this is ${String(expected)}`,
    );
  }
  checkWords('a span', expected, Object.keys(ofSpans));
  for (const event of listed('events', expected.events)) checkWords('an event', event, Object.keys(ofEvents));
  for (const link of listed('links', expected.links)) checkWords('a link', link, Object.keys(ofLinks));
  for (const child of listed('children', expected.children)) checkExpectedSpan(child);
}

/** `what` has no other words than these, and attributes are given by name. */
export function checkWords(what: string, expected: object, words: readonly string[]): void {
  if (!isPlain(expected)) throw new TypeError(`${what} is expected as an object; this is ${String(expected)}`);
  const unknown = Object.keys(expected).find((key) => !words.includes(key));
  if (unknown !== undefined) {
    throw new TypeError(`nothing of ${what} is called "${unknown}"; there is ${words.join(', ')}`);
  }
  const { attributes } = expected as { attributes?: unknown };
  if (attributes !== undefined && !isPlain(attributes)) {
    throw new TypeError(`attributes of ${what} are expected by name, such as { 'order.id': expect.any(String) }`);
  }
}

/** An object to be read by its words, and no matcher, pattern, function or list. */
export function isPlain(given: unknown): boolean {
  return isObject(given) && !Array.isArray(given) && !isAsymmetric(given) && !isPattern(given);
}

function listed<T>(word: string, list: readonly T[] | undefined): readonly T[] {
  if (list === undefined) return [];
  if (!Array.isArray(list)) throw new TypeError(`${word} of a span are expected as a list, of those that are there`);
  return list;
}
