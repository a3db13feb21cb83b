/**
 * The error thrown for a wrong declaration or setting. It carries the catalogue's row in parts, so that a tool can
 * show them, and a brand that still holds when two copies of the package are loaded.
 */
import type { FaultCode } from './catalogue.js';
import { type DeclarationCode, declarationRows } from './declaration-rows.js';
import type { FaultRow } from './fault-row.js';

const brand = Symbol.for('spandrel.fault');

/** The words that fill the braces of a catalogue row. */
export type FaultWords = Readonly<Record<string, string | number>>;

/**
 * A sentence of the catalogue with its words filled in; an unknown word stays visible in its braces. Without a regular expression:
 * to compile one where the program has used up its stack ends the process (V8 11.3).
 */
export function fill(sentence: string, words: FaultWords): string {
  const [start = '', ...pieces] = sentence.split('{');
  return pieces.reduce((filled, piece) => {
    const end = piece.indexOf('}');
    const value = end < 0 ? undefined : words[piece.slice(0, end)];
    return value === undefined ? `${filled}{${piece}` : filled + String(value) + piece.slice(end + 1);
  }, start);
}

/** The one line a fault or a report prints: code, place, what, consequence, remedy, where to read more. */
export function sentenceOf(code: FaultCode, row: FaultRow, where: string, words: FaultWords): string {
  const place = where === '' ? '' : ` ${where}:`;
  return (
    `${code}:${place} ${fill(row.what, words)}. So ${fill(row.consequence, words)}. ` +
    `Remedy: ${fill(row.remedy, words)}. See docs/reference/faults.md#${code.toLowerCase()}`
  );
}

/**
 * A wrong declaration or setting: thrown where an annotation is written, and by `bootstrap()`. Its `message` is all of it in one line.
 */
export class SpandrelFault extends Error {
  /** Always this word, as in the stack. */
  override readonly name = 'SpandrelFault';
  /** The row of the catalogue, e.g. `SPANDREL_METRIC_REDEFINED`. Stable across versions. */
  readonly code: FaultCode;
  /** The annotated element (`Class.method`) or the setting; empty when there is none. */
  readonly where: string;
  /** What is wrong, as a clause without a full stop. */
  readonly what: string;
  /** What follows from it. */
  readonly consequence: string;
  /** What to do about it. */
  readonly remedy: string;
  readonly #words: FaultWords;
  readonly #row: FaultRow;

  /** Also a fault that another loaded copy of the package threw. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: a subclass has instances of its own
    return this === SpandrelFault ? isSpandrelFault(value) : Function.prototype[Symbol.hasInstance].call(this, value);
  }

  /** `words` fill the braces of the catalogue's sentences. */
  constructor(code: DeclarationCode, where: string, words?: FaultWords);
  /** Of other codes the row is handed in: who only annotates has no use for their sentences. */
  constructor(code: FaultCode, where: string, words: FaultWords, row: FaultRow);
  constructor(code: FaultCode, where: string, words: FaultWords = {}, row = declarationRows[code as DeclarationCode]) {
    super(sentenceOf(code, row, where, words));
    this.code = code;
    this.where = where;
    this.what = fill(row.what, words);
    this.consequence = fill(row.consequence, words);
    this.remedy = fill(row.remedy, words);
    this.#words = words;
    this.#row = row;
    Object.defineProperty(this, brand, { value: true });
  }

  /**
   * The same fault, told of `where`. It keeps the stack of this one: a decorator's options are wrong at the line of the
   * annotation, though only later, when it is applied, is the annotated element known.
   */
  at(where: string): SpandrelFault {
    const placed = new SpandrelFault(this.code, where, this.#words, this.#row);
    const frames = /\n\s+at .*$/s.exec(this.stack ?? '')?.[0] ?? '';
    Object.defineProperty(placed, 'stack', {
      value: `${placed.name}: ${placed.message}${frames}`,
      writable: true,
      configurable: true,
    });
    return placed;
  }
}

/** Whether an error is a fault of ours, from whichever loaded copy of the package. */
export function isSpandrelFault(error: unknown): error is SpandrelFault {
  return typeof error === 'object' && error !== null && (error as { [brand]?: unknown })[brand] === true;
}

/** A value as a fault shows it: short, on one line, and never throwing. */
export function shown(value: unknown): string {
  try {
    if (typeof value === 'string') return quoted(value);
    if (typeof value === 'function') return `function ${value.name || '(anonymous)'}`;
    if (typeof value === 'object' && value !== null) return cut(JSON.stringify(value, spelled) ?? String(value));
    return cut(String(value));
  } catch {
    return '(a value that cannot be shown)';
  }
}

/** What JSON would leave out or call null. */
function spelled(_: string, value: unknown): unknown {
  if (typeof value === 'function') return `function ${value.name || '(anonymous)'}`;
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

const quoted = (text: string): string => cut(JSON.stringify(text));
const cut = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);
