/**
 * `@Traced`: a span for each call of a method, or of every method of a class.
 */
import { isClass } from '../metadata/element.js';
import type { MemberSelector, MethodTracedOptions, TracedOptions } from '../metadata/records/traced-options.js';
import { isSource } from '../metadata/source.js';
import {
  aFlag,
  aName,
  aSelection,
  aString,
  checkOptions,
  type OptionRule,
  type OptionRules,
  oneOf,
  refuseBare,
} from './check-options.js';
import { decorator } from './dialect.js';
import type { OnMember, OnMemberOrClass } from './signature.js';
import { attributesFrom, isSourceOf, onEntry, settled, sourcesInWords } from './source-rules.js';

/**
 * A span for each call: its name is `Class.method` unless given, its parent the active span, and it covers the call
 * until it settles: the promise, or the whole iteration of a generator. A call that throws or rejects makes a span with
 * status ERROR, `error.type` and an exception event (OpenTelemetry semantic conventions, exceptions on spans).
 *
 * On a class: every own method, statics and symbol-named ones too, without accessors; `include`, `exclude` and
 * `inherited` select, `prefix` names, and the other options hold for each method that does not say otherwise.
 *
 * Throws a fault where it is written for an unknown option, an impossible value, or a place it cannot stand on.
 */
export function Traced<
  const Include extends MemberSelector = never,
  const Exclude extends MemberSelector = never,
  Inherited extends boolean = never,
  const Prefix extends string = never,
>(
  given: TracedOptions['name'] | TracedOptions<Include, Exclude, Inherited, Prefix> = {},
): OnMemberOrClass<OnMember, Include, Exclude, Inherited, Prefix> {
  // biome-ignore lint/complexity/noArguments: a decorator without parentheses is told by what it was called with
  refuseBare('Traced', [...arguments]);
  return decorator({ annotation: 'traced', places: ['method', 'getter', 'class'] }, () =>
    checked('@Traced', given, classRules),
  );
}

/** The checked options of `traced()`, for a plain function. */
export function tracedOptions(given: MethodTracedOptions['name'] | MethodTracedOptions): Readonly<MethodTracedOptions> {
  return checked('traced()', given, methodRules);
}

function checked(
  word: string,
  given: TracedOptions['name'] | TracedOptions,
  rules: OptionRules,
): Readonly<TracedOptions> {
  const options = typeof given === 'string' || typeof given === 'function' ? { name: given } : given;
  return checkOptions(word, options as TracedOptions, rules);
}

const aLink: OptionRule = {
  allowed: `a list of links, spans, contexts or headers, or a source (${sourcesInWords(onEntry)}) or function that gives them`,
  accepts: (value) =>
    typeof value === 'function' ||
    isSourceOf(onEntry, value) ||
    (Array.isArray(value) && value.every((one) => typeof one === 'object' && !isSource(one))),
};
const aParent: OptionRule = {
  allowed: `"active", "root", or a source (${sourcesInWords(onEntry)}) or function that gives headers, a Context or a span`,
  accepts: (value) =>
    value === 'active' || value === 'root' || typeof value === 'function' || isSourceOf(onEntry, value),
};
const anExpectation: OptionRule = {
  allowed: 'a class of errors (or of what else is thrown), a list of them, or a function of the error',
  accepts: (value) =>
    typeof value === 'function' || (Array.isArray(value) && value.length > 0 && value.every((one) => isClass(one))),
};

const aCallback: OptionRule = {
  allowed: '"last", or the index of the argument, from 0',
  accepts: (value) => value === 'last' || (Number.isInteger(value) && (value as number) >= 0),
};

const methodRules: OptionRules & Record<keyof MethodTracedOptions, OptionRule> = {
  name: aName,
  kind: oneOf('internal', 'server', 'client', 'producer', 'consumer'),
  attributes: attributesFrom(settled),
  links: aLink,
  parent: aParent,
  expected: anExpectation,
  callback: aCallback,
};

const classRules: OptionRules & Record<keyof TracedOptions, OptionRule> = {
  ...methodRules,
  include: aSelection,
  exclude: aSelection,
  inherited: aFlag,
  prefix: aString,
};
