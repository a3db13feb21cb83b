/**
 * Switches on the stand-in of a plain function that `traced()` wrapped.
 */
import type { FunctionSlot } from '../metadata/slot.js';
import type { Advisor } from './advice.js';
import type { Live } from './call-plan.js';
import { callSite } from './call-site.js';
import { runnerFor } from './run-call.js';
import { planFor } from './weave-class.js';

export function fillSlot(slot: FunctionSlot, advisor: Advisor, live: Live): void {
  const [{ element }] = slot.records;
  const site = callSite(undefined, element, slot.records);
  slot.runner = runnerFor(planFor(site, slot.original, advisor, live));
}
