/**
 * How long the texts may be that a program's own words tell (`annotate()`, `log`): these have no telemetry in hand. What runs
 * puts its own here as it starts; of whichever copy of the package it is.
 */
import { longestText } from '../conventions/bounded-text.js';
import { oneInProcess } from '../metadata/process-state.js';

/** Characters of one text. */
export interface Lengths {
  /** On a span. */
  span: number;
  /** On a log record. */
  log: number;
}

export const lengthsInForce: Lengths = oneInProcess('lengths', () => ({ span: longestText, log: longestText }));
