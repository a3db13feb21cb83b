/**
 * How grave a log record is: its word, and the ink it is written in.
 */
import type { Ink, Inks } from './ink.js';
import { visible } from './visible.js';

/** The ranges of OpenTelemetry's severity numbers: 1 to 4, 5 to 8, and so on. */
const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
type Level = (typeof levels)[number];

const rangeSize = 4;

const inkNames: Readonly<Record<Level, keyof Inks>> = {
  TRACE: 'quiet',
  DEBUG: 'quiet',
  INFO: 'information',
  WARN: 'warning',
  ERROR: 'failure',
  FATAL: 'fatal',
};

/** The record's own word where it has one; the number decides the ink, and the word where there is no number. */
export function severityOf(
  number: number | undefined,
  text: string | undefined,
  inks: Inks,
): { word: string; ink: Ink } {
  const word = text === undefined ? '' : visible(text).toUpperCase();
  const level = levelOf(number) ?? levels.find((name) => name === word);
  return { word: word || level || '', ink: level === undefined ? inks.plain : inks[inkNames[level]] };
}

function levelOf(number: number | undefined): Level | undefined {
  return number === undefined ? undefined : levels[Math.floor((number - 1) / rangeSize)];
}
