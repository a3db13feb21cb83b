/**
 * Tells the operator, once for each code and place, of something that went wrong while running. Counts every time.
 * It never throws and never writes on its own: the sink is Node's process warning until another is given.
 */
import type { FaultCode } from './catalogue.js';
import { type FaultWords, sentenceOf } from './fault.js';

/** How often a runtime fault happened, for `health()`. */
export interface FaultCount {
  readonly code: FaultCode;
  /** The annotated element, e.g. `FileParser.parse`; empty when there is none. */
  readonly where: string;
  readonly count: number;
  /** The sentence of the first time. */
  readonly first: string;
}

type Sink = (sentence: string, code: FaultCode) => void;
type Entry = { code: FaultCode; where: string; count: number; first: string };

/** More places than this are counted together, so that a report can't grow with the input. */
const placesKept = 1000;

const seen = new Map<string, Entry>();
let sink: Sink = warnProcess;
let generation = 0;

function warnProcess(sentence: string, code: FaultCode): void {
  if (typeof process !== 'undefined') process.emitWarning(sentence, { type: 'SpandrelWarning', code });
}

/** Reports a runtime fault. Safe anywhere: what fails in here is dropped. */
export function report(code: FaultCode, where: string, words: FaultWords = {}): void {
  try {
    const place = seen.size < placesKept || seen.has(`${code} ${where}`) ? where : '';
    const key = `${code} ${place}`;
    const known = seen.get(key);
    if (known !== undefined) {
      known.count += 1;
      return;
    }
    const first = sentenceOf(code, where, words);
    seen.set(key, { code, where: place, count: 1, first });
    sink(first, code);
  } catch {
    // A sink that fails is the end of the road: there is nobody left to tell.
  }
}

/** What was reported so far, most frequent first. */
export function reported(): readonly FaultCount[] {
  return [...seen.values()].map((entry) => ({ ...entry })).sort((a, b) => b.count - a.count);
}

/** Which telemetry the reports are of: another one has begun since where this differs. */
export function reportsOf(): number {
  return generation;
}

/** Forgets what was reported (a new `bootstrap()` tells again) and says where sentences go; none: process warnings. */
export function restartReports(to?: Sink): void {
  seen.clear();
  generation += 1;
  sink = to ?? warnProcess;
}

/** The message of anything thrown, for a report; bounded, and never throwing itself. */
export function messageOf(error: unknown): string {
  try {
    const text = error instanceof Error ? error.message : String(error);
    return text.length > 200 ? `${text.slice(0, 199)}…` : text;
  } catch {
    return '(an error without words)';
  }
}
