/**
 * Things that are thrown, and how the semantic conventions want each told.
 */
export interface Thrown {
  readonly label: string;
  readonly value: unknown;
  /** `error.type`. */
  readonly type: string;
  readonly message: string;
  /** The first line of its stack; `null` where it has none. */
  readonly stack: string | null;
}

class NamelessError extends Error {}

const error = (label: string, value: Error, type = value.name): Thrown => ({
  label,
  value,
  type,
  message: value.message,
  stack: `${value.name}: ${value.message}`,
});

const primitive = (value: unknown, type: string): Thrown => ({
  label: String(value),
  value,
  type,
  message: String(value),
  stack: null,
});

const other = (label: string, value: unknown): Thrown => ({ label, value, type: '_OTHER', message: '', stack: null });

export const anError = error('an error', new TypeError('broken'));
export const aRangeError = error('a range error', new RangeError('too far'));

const untouchable = new Proxy(
  {},
  {
    get: () => {
      throw new Error('touched');
    },
    getPrototypeOf: () => {
      throw new Error('touched');
    },
  },
);

const revoked = Proxy.revocable({}, {});
revoked.revoke();

/** Of every kind that a program can throw. */
export const everyThrown: readonly Thrown[] = [
  anError,
  aRangeError,
  error('an error of a class without a name', new NamelessError('nameless'), 'NamelessError'),
  error('a frozen error', Object.freeze(new RangeError('frozen'))),
  primitive(null, 'null'),
  primitive(undefined, 'undefined'),
  primitive('text', 'string'),
  primitive(0, 'number'),
  primitive(Symbol('thrown'), 'symbol'),
  other('a frozen object', Object.freeze({})),
  other('a function', () => 'function'),
  other('an untouchable proxy', untouchable),
  other('a revoked proxy', revoked.proxy),
];

/** A few of them, where the way it gets out is what matters. */
export const someThrown: readonly Thrown[] = everyThrown.filter(({ label }) =>
  ['an error', 'a range error', 'null', 'undefined', 'a frozen object'].includes(label),
);
