/**
 * One expected value against the real one: equal, or as the test says. Asymmetric matchers of Jest, Vitest and others are told by
 * their shape, and nothing by `instanceof`: values come from other realms.
 */
import { valueText } from '../terminal/attribute-text.js';

/** `expect.any(String)`, `expect.stringContaining('x')`, … of whichever test runner. */
export interface AsymmetricMatcher {
  asymmetricMatch(value: unknown): boolean;
}

/** Says whether a value will do. It may be written for less than all the values there can be. */
export type Predicate<T> = { judge(value: T): boolean }['judge'];

/** A value; a pattern the text matches; a function that says whether it will do; or an asymmetric matcher. */
export type Expected<T> =
  | T
  | RegExp
  | Predicate<T>
  | AsymmetricMatcher
  | (T extends readonly (infer E)[] ? readonly Expected<E>[] : never);

export function isAsExpected(expected: unknown, actual: unknown): boolean {
  if (isAsymmetric(expected)) return expected.asymmetricMatch(actual) === true;
  if (typeof expected === 'function') return satisfies(expected as (value: unknown) => unknown, actual);
  // By the string's own search: a pattern with the flag `g` remembers where it was.
  if (isPattern(expected)) return typeof actual === 'string' && actual.search(expected) >= 0;
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) &&
      actual.length === expected.length &&
      expected.every((item, at) => isAsExpected(item, actual[at]))
    );
  }
  if (isObject(expected)) {
    if (!isObject(actual) || Array.isArray(actual)) return false;
    const keys = new Set([...keysOf(expected), ...keysOf(actual)]);
    return [...keys].every((key) => isAsExpected(expected[key], actual[key]));
  }
  return expected === actual || (Number.isNaN(expected) && Number.isNaN(actual));
}

/** One that is written for values throws of what is not there: most spans that it is asked of are not the one that was meant. */
function satisfies(predicate: (value: unknown) => unknown, actual: unknown): boolean {
  try {
    return predicate(actual) === true;
  } catch (error) {
    if (actual === undefined) return false;
    throw error;
  }
}

/** As a message shows it. */
export function expectedText(expected: unknown): string {
  if (isAsymmetric(expected)) return asymmetricText(expected);
  if (typeof expected === 'function') return `what satisfies ${functionText(expected)}`;
  if (isPattern(expected)) return String(expected);
  if (expected === undefined) return 'nothing';
  if (Array.isArray(expected)) return `[${expected.map(expectedText).join(', ')}]`;
  return actualText(expected);
}

export function actualText(actual: unknown): string {
  if (typeof actual === 'string') return JSON.stringify(actual);
  return actual === undefined ? 'nothing' : valueText(actual);
}

export function isObject(given: unknown): given is Readonly<Record<string, unknown>> {
  return typeof given === 'object' && given !== null;
}

/** A key without a value is not there. */
function keysOf(given: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(given).filter((key) => given[key] !== undefined);
}

export function isAsymmetric(given: unknown): given is AsymmetricMatcher {
  return isObject(given) && typeof given['asymmetricMatch'] === 'function';
}

export function isPattern(given: unknown): given is RegExp {
  return Object.prototype.toString.call(given) === '[object RegExp]';
}

/** Its source, where that is short enough to be read in a line. */
function functionText(given: unknown): string {
  const source = String(given);
  if (source.length <= 60 && !source.includes('\n')) return source;
  return (given as { name: string }).name || 'a function';
}

function asymmetricText(matcher: AsymmetricMatcher): string {
  const { toAsymmetricMatcher: worded, sample } = matcher as { toAsymmetricMatcher?: unknown; sample?: unknown };
  const name = typeof worded === 'function' ? String(worded.call(matcher)) : String(matcher);
  if (name.includes('<') || sample === undefined) return name;
  return `${name} ${typeof sample === 'function' ? sample.name : isPattern(sample) ? String(sample) : actualText(sample)}`;
}
