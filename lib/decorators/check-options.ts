/**
 * Checks what a decorator was given, at the place where it is written: unknown options, impossible values, options this
 * version does not have. What passes is copied and frozen, so that nobody changes a declaration afterwards.
 */
import { SpandrelFault, shown } from '../faults/fault.js';
import { isClass } from '../metadata/element.js';
import { isSource } from '../metadata/source.js';

/** Checks one option's value; says in words what is allowed. */
export interface OptionRule {
  readonly allowed: string;
  accepts(value: unknown): boolean;
  /** Of a value that is not accepted, the part that is wrong and its name, where it has parts. */
  readonly wrong?: (value: unknown) => [name: string, value: unknown] | undefined;
}

export type OptionRules = Readonly<Record<string, OptionRule>>;

/** Options named in the design that a later version brings: refused by name, not as unknown. */
const notBuilt = new Set(['sensitivity']);

/** A frozen copy of the `options` given to `word` (`@Traced`, `traced()`) after every key and value was checked. Keys given as `undefined` count as left out. */
export function checkOptions<O extends object>(word: string, options: O, rules: OptionRules): Readonly<O> {
  if (!isPlainObject(options)) {
    throw badOption(word, 'options', options, `an object with ${Object.keys(rules).join(', ')}`);
  }
  const checked: Record<string, unknown> = {};
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const rule = Object.hasOwn(rules, option) ? rules[option] : undefined;
    if (rule === undefined && notBuilt.has(option)) {
      throw new SpandrelFault('SPANDREL_OPTION_NOT_BUILT', '', { annotation: word, option });
    }
    if (rule === undefined) {
      const allowed = Object.keys(rules).join(', ');
      throw new SpandrelFault('SPANDREL_UNKNOWN_OPTION', '', { annotation: word, option, allowed });
    }
    if (!rule.accepts(value)) throw refused(word, option, value, rule);
    checked[option] = frozenCopy(value);
  }
  return Object.freeze(checked) as Readonly<O>;
}

/** Refuses a decorator written without its parentheses: then it is handed the class or method itself. */
export function refuseBare(word: string, args: readonly unknown[]): void {
  const [first, second] = args;
  const handedElement = args.length > 1 && (typeof second === 'symbol' || isContext(second) || args.length > 2);
  if (handedElement || isClass(first)) throw new SpandrelFault('SPANDREL_BARE_DECORATOR', '', { annotation: word });
}

/** The name of a metric, after OpenTelemetry's instrument name syntax. */
export function checkMetricName(word: string, name: unknown): string {
  if (typeof name !== 'string' || !/^[A-Za-z][A-Za-z0-9_.\-/]{0,254}$/.test(name)) {
    throw new SpandrelFault('SPANDREL_METRIC_NAME', '', { annotation: word, value: shown(name) });
  }
  return name;
}

export const aString: OptionRule = { allowed: 'a text', accepts: (value) => typeof value === 'string' };
export const aName: OptionRule = {
  allowed: 'a text that is not empty, or a function of the call',
  accepts: (value) => typeof value === 'function' || (typeof value === 'string' && value.trim() !== ''),
};
export const aFlag: OptionRule = { allowed: 'true or false', accepts: (value) => typeof value === 'boolean' };
export const aUnit: OptionRule = {
  allowed: 'a UCUM unit of at most 63 ASCII characters, such as "s", "By" or "{file}"',
  accepts: (value) => typeof value === 'string' && /^[\x20-\x7e]{0,63}$/.test(value),
};
export const aSelection: OptionRule = {
  allowed: 'a list of method names, symbols and regular expressions',
  accepts: (value) =>
    Array.isArray(value) &&
    value.every((one) => typeof one === 'string' || typeof one === 'symbol' || one instanceof RegExp),
};
/** One of a few words. */
export function oneOf(...words: readonly string[]): OptionRule {
  return {
    allowed: words.map((word) => `"${word}"`).join(', '),
    accepts: (value) => typeof value === 'string' && words.includes(value),
  };
}

function refused(word: string, option: string, value: unknown, rule: OptionRule): SpandrelFault {
  const [part, wrong] = rule.wrong?.(value) ?? [];
  return badOption(
    word,
    part === undefined ? option : `${option}[${shown(part)}]`,
    part === undefined ? value : wrong,
    rule.allowed,
  );
}

function badOption(annotation: string, option: string, value: unknown, allowed: string): SpandrelFault {
  return new SpandrelFault('SPANDREL_BAD_OPTION', '', { annotation, option, value: shown(value), allowed });
}

function frozenCopy(value: unknown): unknown {
  if (Array.isArray(value)) return Object.freeze([...(value as unknown[])]);
  if (isPlainObject(value)) {
    // The lists among attributes, too.
    const entries = Object.entries(value).map(([name, one]) => [name, Array.isArray(one) ? frozenCopy(one) : one]);
    return Object.freeze(Object.fromEntries(entries));
  }
  return value;
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isSource(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function isContext(value: unknown): boolean {
  return typeof value === 'object' && value !== null && typeof (value as { kind?: unknown }).kind === 'string';
}
