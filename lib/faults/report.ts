/**
 * Tells the operator, once for each code, place and thing that failed, of something that went wrong while running. Counts
 * every time. It never throws and never writes on its own: the sink is Node's process warning until another is given.
 *
 * All copies of the package in a process report to one place: what goes wrong in one shows in the health of the other.
 */
import { catalogue, type FaultCode } from './catalogue.js';
import { descendsFrom } from './descends-from.js';
import { type FaultWords, sentenceOf } from './fault.js';

/** How often a runtime fault happened, for `health()`. */
export interface FaultCount {
  /** The row of the catalogue, e.g. `SPANDREL_SOURCE_FAILED`. Stable across versions. */
  readonly code: FaultCode;
  /** The annotated element, e.g. `FileParser.parse`; empty when there is none. */
  readonly where: string;
  /** How often, since the start. */
  readonly count: number;
  /** The sentence of the first time. */
  readonly first: string;
}

type Sink = (sentence: string, code: FaultCode) => void;
type Entry = { code: FaultCode; where: string; count: number; first: string; told: Set<string> };

/** More places than this are counted together, so that a report can't grow with the input. */
const placesKept = 1000;

/** Things told of at one place; more are only counted. */
const toldAtMost = 20;

/** Its fields are only ever added to: other versions of the package read and write it. */
interface Reports {
  readonly seen: Map<string, Entry>;
  /** Where sentences go; none: process warnings. */
  sink: Sink | undefined;
  generation: number;
}

const key = Symbol.for('spandrel.faults.1');

const reports = reportsOfProcess();

function reportsOfProcess(): Reports {
  const holder = globalThis as { [key]?: Reports };
  const there = holder[key];
  if (there !== undefined) return there;
  const made: Reports = { seen: new Map(), sink: undefined, generation: 0 };
  Object.defineProperty(holder, key, { value: made });
  return made;
}

function warnProcess(sentence: string, code: FaultCode): void {
  if (typeof process !== 'undefined') process.emitWarning(sentence, { type: 'SpandrelWarning', code });
}

/** Reports a runtime fault. Safe anywhere: what fails in here is dropped. */
export function report(code: FaultCode, where: string, words: FaultWords = {}): void {
  try {
    const { seen } = reports;
    const place = seen.size < placesKept || seen.has(`${code} ${where}`) ? where : '';
    const what = String(words['what'] ?? '');
    const known = seen.get(`${code} ${place}`);
    if (known !== undefined) {
      known.count += 1;
      if (known.told.has(what) || known.told.size >= toldAtMost) return;
    }
    const sentence = sentenceOf(code, catalogue[code], where, words);
    if (known !== undefined) known.told.add(what);
    else seen.set(`${code} ${place}`, { code, where: place, count: 1, first: sentence, told: new Set([what]) });
    (reports.sink ?? warnProcess)(sentence, code);
  } catch {
    // A sink that fails is the end of the road: there is nobody left to tell.
  }
}

/** What was reported so far, most frequent first. */
export function reported(): readonly FaultCount[] {
  return [...reports.seen.values()]
    .map(({ code, where, count, first }) => ({ code, where, count, first }))
    .sort((a, b) => b.count - a.count);
}

/** Which telemetry the reports are of: another one has begun since where this differs. */
export function reportsOf(): number {
  return reports.generation;
}

/** Forgets what was reported (a new `bootstrap()` tells again) and says where sentences go; none: process warnings. */
export function restartReports(to?: Sink): void {
  reports.seen.clear();
  reports.generation += 1;
  reports.sink = to;
}

/** The message of anything thrown, for a report; bounded, and never throwing itself. */
export function messageOf(error: unknown): string {
  try {
    // A message may be anything: somebody set it.
    const text = wordsOf(descendsFrom(error, Error) ? (error as Error).message : error);
    if (text.length > readAtMost) return `(${text.length} characters)`;
    return text.length > 200 ? `${text.slice(0, 199)}…` : text;
  } catch {
    return '(an error without words)';
  }
}

/** A text that was put together of many is made one as it is read, however long it is. */
const readAtMost = 1_000_000;

/** Of a list, and of a number of any size, all of it would be written before any of it is left out. */
function wordsOf(value: unknown): string {
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return Object.prototype.toString.call(value);
  if (typeof value === 'bigint' && BigInt.asIntN(64, value) !== value) return '[object BigInt]';
  return String(value);
}
