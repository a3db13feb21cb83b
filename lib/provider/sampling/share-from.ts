/**
 * Asks a function of the user's for a part of something. Whatever else it does or gives is told of once, and what stands in its place
 * counts.
 */
import { messageOf, report } from '../../faults/report.js';
import { attempted } from '../late-failure.js';
import { unobserved } from '../unobserved.js';

/** A number from 0 to 1: what `ask` gives, else `otherwise`. */
export function shareFrom(setting: string, ask: () => unknown, otherwise: number): number {
  let hasThrown = false;
  const given = attempted(
    () => unobserved(ask),
    (error) => {
      hasThrown = true;
      failed(setting, messageOf(error));
    },
  );
  if (typeof given === 'number' && given >= 0 && given <= 1) return given;
  if (!hasThrown) failed(setting, `it gave ${wordsFor(given)}, not a number from 0 to 1`);
  return otherwise;
}

const wordsFor = (given: unknown): string =>
  typeof given === 'number' ? String(given) : `a value of type ${typeof given}`;

function failed(setting: string, error: string): void {
  report('SPANDREL_SAMPLING_FAILED', setting, { what: setting, error });
}
