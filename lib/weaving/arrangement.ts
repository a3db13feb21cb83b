/**
 * The advice of a site, laid out for its calls: what stands beside the user's code, and what is around it. A call keeps what
 * each of the two remembers in a field, and needs no list.
 */
import type { Advice } from './advice.js';
import type { CallSite } from './call-site.js';
import { Several, SeveralAround } from './several.js';

/** An advice that runs the user's code inside itself. */
export type Around = Advice & Required<Pick<Advice, 'within'>>;

export interface Arrangement {
  readonly beside: Advice | undefined;
  /** Inside the one beside. */
  readonly around: Around | undefined;
}

/** Lays out the advice of a site, which is given outermost first. */
export function arranged(advice: readonly Advice[], site: CallSite): Arrangement {
  const last = advice.at(-1);
  const outer = advice.slice(0, -1);
  // What runs the user's code inside itself is innermost, unless somebody wants it otherwise.
  if (outer.some(isAround)) return { beside: undefined, around: new SeveralAround(advice, site) };
  if (last === undefined || !isAround(last)) return { beside: asOne(advice, site), around: undefined };
  return { beside: asOne(outer, site), around: last };
}

function asOne(advice: readonly Advice[], site: CallSite): Advice | undefined {
  return advice.length > 1 ? new Several(advice, site) : advice[0];
}

function isAround(one: Advice): one is Around {
  return one.within !== undefined;
}
