/**
 * Rules for options that are taken from the call: which sources have anything to say there. One that never could is
 * refused where it is written, and by name where there are several.
 */
import { isSource, type SourceOrigin } from '../metadata/source.js';
import { isPlainObject, type OptionRule } from './check-options.js';

/** What is known before the user's code runs. */
export const onEntry: readonly SourceOrigin[] = ['arg', 'self'];
export const settled: readonly SourceOrigin[] = ['arg', 'self', 'result', 'error', 'outcome'];

const words: Readonly<Record<SourceOrigin, string>> = {
  arg: 'call.arg(0)',
  self: 'call.self()',
  result: 'call.result()',
  error: 'call.error()',
  outcome: 'call.outcome()',
};

/** The sources of some origins, in words. */
export function sourcesInWords(origins: readonly SourceOrigin[]): string {
  return origins.map((origin) => words[origin]).join(', ');
}

/** Whether a value is a source of one of `origins`. */
export function isSourceOf(origins: readonly SourceOrigin[], value: unknown): boolean {
  return isSource(value) && origins.includes(value.from);
}

/** Attributes from sources of some origins, functions of the call, and literals. */
export function attributesFrom(origins: readonly SourceOrigin[]): OptionRule {
  const accepts = (value: unknown): boolean => value === undefined || isSourceOf(origins, value) || isLiteral(value);
  const wrong = (value: unknown): [name: string, value: unknown] | undefined =>
    isPlainObject(value) ? Object.entries(value).find(([, one]) => !accepts(one)) : undefined;
  return {
    allowed: `an object of sources (${sourcesInWords(origins)}), functions of the call, texts, numbers, booleans or lists of these`,
    accepts: (value) => isPlainObject(value) && wrong(value) === undefined,
    wrong,
  };
}

function isLiteral(value: unknown): boolean {
  if (typeof value === 'function') return true;
  // A list of sources would not be read: a function of the call can give a list.
  if (Array.isArray(value)) return value.every((item) => item === null || item === undefined || isPrimitive(item));
  return isPrimitive(value);
}

function isPrimitive(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
