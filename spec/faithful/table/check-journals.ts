/**
 * Holds the journal of an annotated run against that of the bare one: the same in the same order, no later than is
 * promised; and each entry in the surroundings where it belongs.
 */
import { isSeen } from './expectations.js';
import type { Entry } from './journal.js';
import type { Trial } from './trial.js';

const textOf = (entries: readonly Entry[]): string => entries.map(({ side, text }) => `${side} ${text}`).join('\n');

function inOrder({ one }: Trial, entries: readonly Entry[]): readonly Entry[] {
  if (one.scenario.parallel !== true) return entries;
  return [...entries.filter(({ side }) => side === 'in'), ...entries.filter(({ side }) => side !== 'in')];
}

/** `ticks`: how many turns later each promise may settle that the caller asked for. */
export function checkJournals(trial: Trial, found: readonly Entry[], when: string, ticks: number | 'any'): void {
  const { problems, one } = trial;
  const [bare, now] = [inOrder(trial, trial.bare), inOrder(trial, found)];
  if (textOf(now) !== textOf(bare)) {
    problems.push(`${when}, it is not what it was:\n${textOf(found)}`);
    return;
  }
  if (bare.some(({ text }) => text.startsWith('the case itself failed'))) problems.push('the case is not right');
  if (ticks === 'any' || one.scenario.ticks === 'any') return;
  bare.forEach(({ tick, asked, text }, at) => {
    const later = (now[at] as Entry).tick - tick;
    const allowed = ticks * asked * one.declaration.layers.length;
    if (later < 0 || later > allowed)
      problems.push(`${when}, “${text}” is ${later} turns later, ${allowed} are allowed`);
  });
}

/** What the method does is within its span, what the caller does is not. */
export function checkSurroundings({ one, woven, rootId, problems }: Trial, names: ReadonlyMap<string, string>): void {
  const traced = isSeen(one, 'traced');
  const innermost = one.declaration.layers.at(-1);
  const hasOpen = one.scenario.calls.some(({ open }) => open === true);
  for (const { side, text, active, lasts } of woven) {
    if (lasts && traced && one.scenario.heardAfter) problems.push(`“${text}” is told while the span still runs`);
    if (side === 'either') continue;
    const inRoot = active === rootId;
    const inCall = !inRoot && active !== undefined && (names.get(active) ?? (hasOpen ? innermost : '')) === innermost;
    const right = side === 'in' && traced ? inCall : inRoot;
    if (!right) problems.push(`“${side} ${text}” is in ${(active && names.get(active)) ?? active}`);
  }
}
