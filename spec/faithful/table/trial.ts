/**
 * One case as it is tried: what it did without telemetry and with, and what was wrong about it.
 */
import type { Case } from './cases.js';
import type { Entry } from './journal.js';

export interface Trial {
  readonly one: Case;
  readonly bare: readonly Entry[];
  readonly problems: string[];
  woven: readonly Entry[];
  rootId: string | undefined;
}

export const trialOf = (one: Case, bare: readonly Entry[]): Trial => ({
  one,
  bare,
  problems: [],
  woven: [],
  rootId: undefined,
});
