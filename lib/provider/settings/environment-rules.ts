/**
 * What the text of an environment variable may be. Words are told in any case, as the specification asks of enumerations.
 */
import { longestTimerMs } from '../deadline.js';
import { httpAddress, text, type ValueRule } from './rules.js';

export interface TextRule extends ValueRule {
  /** The value as the SDK takes it, where it takes it in one way only. */
  readonly canonical?: (value: string) => string;
}

const number =
  (least: number, most: number) =>
  (value: unknown): boolean => {
    const read = Number(value);
    return Number.isSafeInteger(read) && read >= least && read <= most;
  };

const quoted = (words: readonly string[]): string => words.map((word) => `"${word}"`).join(', ');

/** The words of a list in one text, as the specification has lists: separated by commas. */
export function wordsIn(value: string): string[] {
  return value
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '');
}

export const textRules = {
  anything: text,
  url: httpAddress,
  milliseconds: { allowed: 'a positive whole number', accepts: number(1, longestTimerMs) },
  count: { allowed: 'a whole number, not negative', accepts: number(0, Number.MAX_SAFE_INTEGER) },
  port: { allowed: 'a port, from 0 to 65535', accepts: number(0, 65_535) },
  ratio: {
    allowed: 'a number from 0 to 1',
    accepts: (value: unknown) => Number(value) >= 0 && Number(value) <= 1,
  },
  pairs: {
    allowed: 'pairs of name=value, separated by commas',
    accepts: (value: unknown) =>
      String(value)
        .split(',')
        .every((pair) => pair.trim() === '' || /^[^=]+=/.test(pair.trim())),
  },
  positive: (most: number): ValueRule => ({ allowed: 'a positive whole number', accepts: number(1, most) }),
  oneOf: (...words: readonly string[]): TextRule => ({
    allowed: quoted(words),
    accepts: (value) => words.includes(String(value).toLowerCase()),
    canonical: (value) => value.toLowerCase(),
  }),
  listOf: (...words: readonly string[]): TextRule => ({
    allowed: `a list of ${quoted(words)}`,
    accepts: (value) => wordsIn(String(value)).every((word) => words.includes(word)),
    canonical: (value) => wordsIn(value).join(','),
  }),
};
