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

/** The longest name and value of an attribute that the SDK takes from the environment. */
const fits = (text: string): boolean => text.length <= 255;

/** What both HTTP and gRPC can send; gRPC has names that end in `-bin` for bytes. */
const isHeaderName = (text: string): boolean => /^[\w.-]+$/.test(text) && !/-bin$/i.test(text);
const isHeaderValue = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

function isDecoded(text: string, isGood: (decoded: string) => boolean): boolean {
  try {
    return isGood(decodeURIComponent(text));
  } catch {
    return false;
  }
}

/** One that is wrong makes all of them wrong (specification, resource SDK: errors in `OTEL_RESOURCE_ATTRIBUTES`). */
function pairsOf(isGood: (name: string, value: string) => boolean): ValueRule {
  return {
    allowed: 'pairs of name=value, separated by commas and percent-encoded',
    accepts: (value) =>
      String(value)
        .split(',')
        .map((pair) => pair.trim())
        .every((pair) => {
          const middle = pair.indexOf('=');
          return pair === '' || (middle > 0 && isGood(pair.slice(0, middle).trim(), pair.slice(middle + 1).trim()));
        }),
  };
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
  pairs: pairsOf((name, value) => !value.includes('=') && isDecoded(name, fits) && isDecoded(value, fits)),
  headers: pairsOf((name, value) => isDecoded(name, isHeaderName) && isDecoded(value, isHeaderValue)),
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
