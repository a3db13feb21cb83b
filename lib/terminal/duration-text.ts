/**
 * Seconds as a person says them: three figures and the unit that suits, from nanoseconds to days.
 */
import { figures, wholeText } from './figures.js';

const small: readonly (readonly [unit: string, seconds: number])[] = [
  ['s', 1],
  ['ms', 1e-3],
  ['µs', 1e-6],
];

/** Days from which hours don't matter, and from which nobody counts days: the text has eleven characters at most. */
const manyDays = 100;
const endlessDays = 1e5;

/** Two units from a minute on: the second with two digits, so that columns stay even. */
const large: readonly (readonly [unit: string, seconds: number, next: string, nextSeconds: number])[] = [
  ['d', 86_400, 'h', 3_600],
  ['h', 3_600, 'min', 60],
  ['min', 60, 's', 1],
];

/** `1.23 s`, `45.6 ms`, `780 µs`, `2 min 05 s`; `?` when it is not known. */
export function durationText(seconds: number): string {
  if (Number.isNaN(seconds)) return '?';
  if (seconds < 0) return `-${durationText(-seconds)}`;
  if (seconds === Infinity) return '∞';
  if (seconds === 0) return '0 s';
  // What three figures would write as 60.0 s is a minute.
  if (seconds >= 59.95) return longText(seconds);
  for (const [unit, size] of small) {
    const text = figures(seconds / size);
    // What is rounded up to a whole of this unit is told in it: 999.6 ms is a second.
    if (Number(text) >= 1) return `${text} ${unit}`;
  }
  return `${figures(seconds / 1e-9)} ns`;
}

function longText(seconds: number): string {
  const days = seconds / 86_400;
  if (days >= manyDays) return `${days < endlessDays ? figures(days) : days.toExponential(2)} d`;
  for (const [unit, size, next, nextSize] of large) {
    if (Math.round(seconds) < size) continue;
    const inNext = Math.round(seconds / nextSize);
    const perUnit = size / nextSize;
    const rest = String(inNext % perUnit).padStart(2, '0');
    return `${wholeText(Math.floor(inNext / perUnit))} ${unit} ${rest} ${next}`;
  }
  return `${figures(seconds)} s`;
}
