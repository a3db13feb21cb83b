/**
 * What few calls have: those that last, and those that are made before they begin.
 */
import type { Resting } from './lasting.js';

export interface Rare {
  origin: unknown;
  abandoned: boolean;
  resting: Resting | undefined;
  /** Shared with the forgetful one: only one of the two tells of the end. */
  end: { told: boolean } | undefined;
}
