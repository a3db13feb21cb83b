/**
 * An expected span against a real one, and all beneath them: every place where they part, with what to write there.
 */
import { actualText, type Expected, expectedText, isAsExpected } from './expected.js';
import type { RecordedSpan } from './recorded-span.js';
import type { ExpectedAttributes, ExpectedSpan } from './span-expectation.js';

/** A place where expectation and reality part. */
export interface Difference {
  /** The real span to look at. */
  readonly at: RecordedSpan;
  readonly note: string;
  /** How much it says that another span was meant. */
  readonly weight: number;
}

const usual = 1;
/** A span of another name is another span. */
const otherName = 100;

export function compareSpan(expected: ExpectedSpan, actual: RecordedSpan, exactAbove = false): Difference[] {
  const exact = expected.exact ?? exactAbove;
  const differences: Difference[] = [];
  const differs = (note: string, weight = usual): void => void differences.push({ at: actual, note, weight });
  const compare = (what: string, wanted: unknown, real: unknown, weight = usual): void => {
    if (wanted !== undefined && !isAsExpected(wanted, real)) differs(parted(what, wanted, real), weight);
  };
  compare('name', expected.name, actual.name, otherName);
  const running = expected.running ?? false;
  if (running !== actual.running)
    differs(actual.running ? 'it was not ended' : 'it was ended, expected it to be running');
  compare('kind', expected.kind ?? (exact ? 'internal' : undefined), actual.kind);
  compare('status', expected.status ?? (exact ? 'unset' : undefined), actual.status);
  compare('statusMessage', expected.statusMessage ?? (exact ? '' : undefined), actual.statusMessage);
  compare('durationMs', expected.durationMs, actual.durationMs);
  compare('traceId', expected.traceId, actual.traceId);
  compare('spanId', expected.spanId, actual.spanId);
  for (const note of attributeNotes('', expected.attributes, actual.attributes, exact)) differs(note);
  const empty = exact ? [] : undefined;
  for (const note of listNotes('event', expected.events ?? empty, actual.events, ['name'], exact)) differs(note);
  for (const note of listNotes('link', expected.links ?? empty, actual.links, ['traceId', 'spanId'], exact))
    differs(note);
  const children = expected.children ?? empty;
  if (children !== undefined) differences.push(...compareChildren(children, actual, exact));
  return differences;
}

/** Where there are too many or too few, those of the expected names are taken for the ones that were meant. */
function compareChildren(expected: readonly ExpectedSpan[], parent: RecordedSpan, exact: boolean): Difference[] {
  const differences: Difference[] = [];
  const { children } = parent;
  const aligned = align(expected, children, isMeant);
  for (const [wanted, real] of aligned) {
    if (wanted !== undefined && real !== undefined) differences.push(...compareSpan(wanted, real, exact));
    else if (real !== undefined) differences.push({ at: real, note: 'it was not expected here', weight: usual });
    else if (wanted !== undefined) {
      differences.push({ at: parent, note: `beneath it ${nameText(wanted.name)} is missing`, weight: usual });
    }
  }
  return differences;
}

const isMeant = (expected: ExpectedSpan, actual: RecordedSpan): boolean =>
  expected.name === undefined || isAsExpected(expected.name, actual.name);

/** Pairs of two lists in their order, as many as belong together (longest common subsequence); the others stand alone. */
export function align<A, B>(
  expected: readonly A[],
  actual: readonly B[],
  belong: (a: A, b: B) => boolean,
): [A | undefined, B | undefined][] {
  if (expected.length === actual.length) return expected.map((item, at) => [item, actual[at]]);
  const rows = expected.length + 1;
  const columns = actual.length + 1;
  const longest = Array.from({ length: rows }, () => new Uint32Array(columns));
  const of = (row: number, column: number): number => longest[row]?.[column] ?? 0;
  const meet = (row: number, column: number): boolean => belong(expected[row] as A, actual[column] as B);
  for (let row = rows - 2; row >= 0; row -= 1) {
    for (let column = columns - 2; column >= 0; column -= 1) {
      const best = meet(row, column) ? of(row + 1, column + 1) + 1 : Math.max(of(row + 1, column), of(row, column + 1));
      (longest[row] as Uint32Array)[column] = best;
    }
  }
  const pairs: [A | undefined, B | undefined][] = [];
  let row = 0;
  let column = 0;
  while (row < expected.length || column < actual.length) {
    if (row < expected.length && column < actual.length && meet(row, column)) {
      pairs.push([expected[row], actual[column]]);
      row += 1;
      column += 1;
    } else if (column >= actual.length || (row < expected.length && of(row + 1, column) >= of(row, column + 1))) {
      pairs.push([expected[row], undefined]);
      row += 1;
    } else {
      pairs.push([undefined, actual[column]]);
      column += 1;
    }
  }
  return pairs;
}

export function attributeNotes(
  of: string,
  expected: ExpectedAttributes | undefined,
  actual: Readonly<Record<string, unknown>>,
  exact: boolean,
): string[] {
  const wanted = expected ?? {};
  const notes = Object.keys(wanted)
    .filter((key) => !isAsExpected(wanted[key], actual[key]))
    .map((key) => parted(`${of}${key}`, wanted[key], actual[key]));
  if (!exact) return notes;
  const others = Object.keys(actual).filter((key) => !Object.hasOwn(wanted, key));
  return [...notes, ...others.map((key) => parted(`${of}${key}`, undefined, actual[key]))];
}

type Told = { readonly attributes?: ExpectedAttributes } & Readonly<Record<string, unknown>>;

/** Of events and links. */
function listNotes(
  what: string,
  expected: readonly object[] | undefined,
  actual: readonly object[],
  fields: readonly string[],
  exact: boolean,
): string[] {
  if (expected === undefined) return [];
  const notes: string[] = [];
  if (expected.length !== actual.length) {
    notes.push(`expected ${expected.length} ${what}s, there are ${actual.length}${namesOf(actual as Told[])}`);
  }
  for (const [at, wanted] of (expected as readonly Told[]).entries()) {
    const real = actual[at] as Told | undefined;
    if (real === undefined) continue;
    for (const field of fields) {
      if (wanted[field] !== undefined && !isAsExpected(wanted[field], real[field])) {
        notes.push(parted(`${what} ${at + 1} ${field}`, wanted[field], real[field]));
      }
    }
    notes.push(...attributeNotes(`${what} ${at + 1} `, wanted.attributes, real.attributes ?? {}, exact));
  }
  return notes;
}

function namesOf(told: readonly Told[]): string {
  const names = told.flatMap(({ name }) => (typeof name === 'string' ? [name] : []));
  return names.length === 0 ? '' : `: ${names.join(', ')}`;
}

function parted(what: string, wanted: unknown, real: unknown): string {
  return `${what}: expected ${expectedText(wanted)}, is ${actualText(real)}`;
}

export function nameText(name: Expected<string> | undefined): string {
  return name === undefined ? 'a span' : typeof name === 'string' ? name : `a span named ${expectedText(name)}`;
}
