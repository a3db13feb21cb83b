/**
 * What a setting may be: a value with a rule, or a group of further settings. `check-settings.ts` walks these.
 */
import { plainAddress } from './addresses.js';

export interface ValueRule {
  readonly allowed: string;
  accepts(value: unknown): boolean;
  /** Values the design names and this version does not have: refused as such, not as impossible. */
  readonly notBuilt?: (value: unknown) => boolean;
}

export interface GroupRule {
  readonly settings: Readonly<Record<string, ValueRule | GroupRule>>;
  /** Settings the design names and this version does not have. */
  readonly notBuilt: readonly string[];
  /** Taken in place of the group: `service: 'shop'`. */
  readonly orValue?: ValueRule;
}

export function isGroup(rule: ValueRule | GroupRule): rule is GroupRule {
  return 'settings' in rule;
}

export function group(
  settings: GroupRule['settings'],
  notBuilt: readonly string[] = [],
  orValue?: ValueRule,
): GroupRule {
  return { settings, notBuilt, ...(orValue === undefined ? {} : { orValue }) };
}

/** One of a few words; `later` are the words that a later version brings. */
export function oneOf(words: readonly string[], later: readonly string[] = []): ValueRule {
  return {
    allowed: words.map((word) => `"${word}"`).join(', '),
    accepts: (value) => typeof value === 'string' && words.includes(value),
    notBuilt: (value) => typeof value === 'string' && later.includes(value),
  };
}

/** A whole number between two bounds, both allowed. */
export function wholeNumber(unit: string, least: number, most: number): ValueRule {
  return {
    allowed: `a whole number of ${unit} from ${least} to ${most}`,
    accepts: (value) => Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most,
  };
}

/** A part of something. */
export const share: ValueRule = {
  allowed: 'a number from 0 to 1',
  accepts: (value) => typeof value === 'number' && value >= 0 && value <= 1,
};

/** How many at most: not none. */
export function positive(unit: string): ValueRule {
  return {
    allowed: `a positive number of ${unit}`,
    accepts: (value) => typeof value === 'number' && value > 0 && Number.isFinite(value),
  };
}

export const callback: ValueRule = { allowed: 'a function', accepts: (value) => typeof value === 'function' };

export const text: ValueRule = {
  allowed: 'a text that is not empty',
  accepts: (value) => typeof value === 'string' && value.trim() !== '',
};

export const flag: ValueRule = { allowed: 'true or false', accepts: (value) => typeof value === 'boolean' };

/** An address a request can be sent to. */
export const httpAddress: ValueRule = {
  allowed: 'an address that starts with http:// or https://, such as "http://localhost:4318"',
  accepts: (value) => {
    if (typeof value !== 'string' || !/^https?:\/\//i.test(value)) return false;
    return URL.canParse(value);
  },
};

/** Several of them, none of them twice. */
export const httpAddresses: ValueRule = {
  allowed: 'a list of addresses that start with http:// or https://: at least one, and none twice',
  accepts: (value) =>
    list(value, httpAddress.accepts) &&
    (value as string[]).length > 0 &&
    new Set((value as string[]).map(plainAddress)).size === (value as string[]).length,
};

/** HTTP field names and values as RFC 9110 has them. */
export const httpHeaders: ValueRule = {
  allowed: 'an object of header names and texts',
  accepts: (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.entries(value).every(
      ([name, field]: [string, unknown]) =>
        /^[!#$%&'*+\-.^_`|~\w]+$/.test(name) && typeof field === 'string' && /^[\t\x20-\x7e\x80-\xff]*$/.test(field),
    ),
};

/** Certificates and keys. */
export const pem: ValueRule = {
  allowed: 'PEM, as a text or as the bytes of a file ("-----BEGIN …")',
  accepts: (value) => {
    if (typeof value === 'string') return value.includes('-----BEGIN ');
    return value instanceof Uint8Array && Buffer.from(value).includes('-----BEGIN ');
  },
};

/** Whether it is a list in which each is as it should be. */
export function list(value: unknown, isGood: (one: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isGood);
}

function hasMethods(one: unknown, methods: readonly string[]): boolean {
  return (
    typeof one === 'object' &&
    one !== null &&
    methods.every((method) => typeof (one as Record<string, unknown>)[method] === 'function')
  );
}

/** A list of things that have certain methods. */
export function listWith(what: string, ...methods: readonly string[]): ValueRule {
  return {
    allowed: `a list of ${what} (objects with ${methods.join(' and ')})`,
    accepts: (value) => list(value, (one) => hasMethods(one, methods)),
  };
}

/** A list of names, and of one's own things that have certain methods. */
export function namesOr(names: readonly string[], what: string, methods: readonly string[]): ValueRule {
  return {
    allowed: `a list of ${names.map((name) => `"${name}"`).join(', ')}, and of ${what}`,
    accepts: (value) => list(value, (one) => names.includes(one as string) || hasMethods(one, methods)),
  };
}
