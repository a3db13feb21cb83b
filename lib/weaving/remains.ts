/**
 * The stand-ins of every weaving there was, by whichever copy of the package. One may outlive its weaving where somebody
 * else kept it and puts it back (a spy that restores what it found): a later weaving looks through it.
 */
import type { AnyFunction } from '../metadata/element.js';
import { oneInProcess } from '../metadata/process-state.js';
import type { Live } from './call-plan.js';
import { gateOf } from './gate.js';

interface Remains {
  readonly original: AnyFunction;
  readonly live: Live;
  /** Calls are told; otherwise it only notices instances. */
  readonly advised: boolean;
}

const standIns = oneInProcess('standIns', () => new WeakMap<object, Remains>());

/** Remembers a stand-in, and returns it. */
export function remember(made: AnyFunction, remains: Remains): AnyFunction {
  standIns.set(made, remains);
  return made;
}

/** What stands behind gates and the stand-ins of weavings that are over. */
export function originalBehind(standing: unknown): unknown {
  for (let found = standing; ; ) {
    const remains = standIns.get(found as object);
    const original = gateOf(found)?.original ?? (remains?.live.on === false ? remains.original : undefined);
    if (original === undefined) return found;
    found = original;
  }
}

/** Whether calls of `standing` are told by a weaving that is on, or will be once its class is complete. */
export function isAdvised(standing: unknown): boolean {
  if (gateOf(standing) !== undefined) return true;
  const remains = standIns.get(standing as object);
  return remains?.live.on === true && (remains.advised || isAdvised(remains.original));
}
