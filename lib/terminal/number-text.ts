/**
 * Values of metrics as a person reads them: no more figures than say something, and bytes and times in the unit that
 * suits their size.
 */
import { durationText } from './duration-text.js';
import { figures, wholeText } from './figures.js';

/** Seconds in one of each unit of time that metrics use, as UCUM writes them. */
const secondsIn: ReadonlyMap<string, number> = new Map([
  ['ns', 1e-9],
  ['us', 1e-6],
  ['ms', 1e-3],
  ['s', 1],
  ['min', 60],
  ['h', 3_600],
  ['d', 86_400],
]);

const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;

/** Any number: whole ones whole, others to three figures or to the last whole one. */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (value < 0) return `-${numberText(-value)}`;
  if (value === Infinity) return '∞';
  if (Number.isInteger(value) || value >= 1_000) return wholeText(value);
  return value < 1e-3 ? value.toExponential(2) : figures(value);
}

/** A value in its unit: `12.3 ms` of `s`, `1.5 MiB` of `By`, `40 %`; other units are left to the heading. */
export function quantityText(value: number, unit: string): string {
  if (Number.isFinite(value)) {
    const seconds = secondsIn.get(unit);
    if (seconds !== undefined) return durationText(value * seconds);
    if (unit === 'By') return bytesText(value);
  }
  return unit === '%' ? `${numberText(value)} %` : numberText(value);
}

function bytesText(bytes: number): string {
  if (bytes < 0) return `-${bytesText(-bytes)}`;
  let size = bytes;
  let step = 0;
  // 1023.6 of a unit would be written as 1,024 of it.
  while (size >= 1_023.5 && step < byteUnits.length - 1) {
    size /= 1_024;
    step += 1;
  }
  return `${step === 0 ? numberText(size) : figures(size)} ${byteUnits[step]}`;
}
