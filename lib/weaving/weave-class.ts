/**
 * Puts stand-ins on a class for the elements that were annotated. Only descriptors are read and written; an element that
 * cannot be replaced is reported and left as it is.
 */
import { guard } from '../faults/guard.js';
import { report } from '../faults/report.js';
import { type AnyClass, type AnyFunction, type Element, sameElement } from '../metadata/element.js';
import { announcesInstances } from '../metadata/instances.js';
import { type PlannedMember, planOf } from '../metadata/plan.js';
import { privateMember } from '../metadata/private-members.js';
import type { Slot } from '../metadata/slot.js';
import { methodStandIn } from '../metadata/stand-in.js';
import type { Advisor } from './advice.js';
import { arranged } from './arrangement.js';
import type { CallPlan, Live, Runner } from './call-plan.js';
import { type CallSite, callSite } from './call-site.js';
import { type Gate, gateOf, gateOnceAt } from './gate.js';
import { handingOut } from './handing-out.js';
import { inheritedDescriptor, inheritedRunner } from './inherited.js';
import { isAdvised, originalBehind, remember } from './remains.js';
import type { Replaced } from './replaced.js';
import { runnerFor } from './run-call.js';
import { sight } from './sighting.js';

/** One weaving of one class: over when `live` is off and what was replaced has been put back. */
export interface Woven {
  readonly live: Live;
  readonly replaced: Replaced[];
  /** The switches that are on. */
  readonly filled: Slot[];
}

/** Weaves every annotated member of `owner`; what it replaces goes into `woven` as it does so. */
export function weaveClass(owner: AnyClass, advisor: Advisor, woven: Woven): void {
  const sites: CallSite[] = [];
  for (const member of planOf(owner)) {
    const site = callSite(owner, member.element, member.records);
    sites.push(site);
    guard('SPANDREL_NOT_WOVEN', site.name, '', () => weaveMember(site, member, advisor, woven), undefined);
  }
  if (needsSighting(owner, sites)) sight(owner, woven.live, woven.replaced);
  advisor.classWoven(owner, sites);
}

/** Where a member of a class stands. */
export function placeOfMember(owner: AnyClass, { key, kind, static: isStatic }: Element) {
  const holder = isStatic ? owner : (owner.prototype as object);
  return { holder, key: key as string | symbol, side: kind === 'getter' ? 'get' : 'value' } as const;
}

/** How a call of a member that has reached its gate is run: for one that is under way while its class is woven. */
export function runnerAt(
  gate: Gate,
  owner: AnyClass,
  element: Element,
  advisor: Advisor,
  live: Live,
): Runner | undefined {
  const member = planOf(owner).find((planned) => sameElement(planned.element, element));
  if (member === undefined) return undefined;
  const site = callSite(owner, member.element, member.records);
  const { holder, key } = placeOfMember(owner, element);
  const plan = planFor(site, gate.original, advisor, live);
  return gate.inherited ? inheritedRunner(plan, holder, key, isAdvised) : runnerFor(plan);
}

/** What a stand-in of a site needs at each call. */
export function planFor(site: CallSite, original: AnyFunction, advisor: Advisor, live: Live): CallPlan {
  return {
    site,
    original,
    live,
    ...arranged(advisor.adviceFor(site), site),
    advisor,
    clock: advisor.clock ?? performance,
  };
}

/** Whether anything is to happen around the calls of a plan. */
function isEmpty({ beside, around }: CallPlan): boolean {
  return beside === undefined && around === undefined;
}

/** A private member stays where it is: what its decorator put there is switched on. */
function fillPrivate(site: CallSite, advisor: Advisor, { live, filled }: Woven): void {
  const slot = privateMember(site.element)?.slot;
  if (slot === undefined) return;
  const plan = planFor(site, slot.original, advisor, live);
  slot.runner = runnerFor(plan);
  filled.push(slot);
}

function weaveMember(site: CallSite, member: PlannedMember, advisor: Advisor, woven: Woven): void {
  if (site.element.private === true) return fillPrivate(site, advisor, woven);
  const { live, replaced } = woven;
  const { holder, key, side } = placeOfMember(site.owner as AnyClass, member.element);
  const standing = Object.getOwnPropertyDescriptor(holder, key);
  const gate = gateOf(standing?.[side]);
  const inherited = gate?.inherited ?? member.inherited;
  // As it was before anything of ours stood there.
  const before =
    inherited || standing === undefined
      ? undefined
      : { ...standing, [side]: originalBehind(standing[side]) as AnyFunction };
  const found = inherited ? inheritedDescriptor(holder, key) : before;
  const original = found?.[side] as unknown;
  if (side === 'value' && before?.get !== undefined) return weaveHandedOut(site, { holder, key }, advisor, woven);
  if (typeof original !== 'function') return notWoven(site, 'there is no such member any more');
  const plan = planFor(site, original as AnyFunction, advisor, live);
  if (isEmpty(plan)) {
    if (before !== undefined) Reflect.defineProperty(holder, key, before);
    else Reflect.deleteProperty(holder, key);
    return;
  }
  const run = inherited ? inheritedRunner(plan, holder, key, isAdvised) : runnerFor(plan);
  const made = remember(methodStandIn(plan.original, run), { original: plan.original, live, advised: true });
  const after = { ...found, [side]: made };
  // Somebody may have frozen the class with the gate on it: then the gate is what leads to the stand-in.
  if (gate !== undefined) gate.woven = made;
  if (Reflect.defineProperty(holder, key, after)) replaced.push({ holder, key, before, after });
  else if (gate === undefined) notWoven(site, 'the property can’t be changed');
}

/** Another decorator made an accessor of the method, which hands it out (bound, as a rule): what it hands out is told. */
function weaveHandedOut(
  site: CallSite,
  { holder, key }: Pick<Replaced, 'holder' | 'key'>,
  advisor: Advisor,
  { live, replaced }: Woven,
): void {
  const standing = Object.getOwnPropertyDescriptor(holder, key) as PropertyDescriptor;
  const original = originalBehind(standing.get) as AnyFunction;
  const before = { ...standing, get: original as () => unknown };
  const plan = planFor(site, original, advisor, live);
  if (isEmpty(plan)) return;
  const gate = gateOnceAt(holder, key);
  const made = remember(methodStandIn(original, handingOut(plan, key, gate)), { original, live, advised: true });
  const after = { ...before, get: made as () => unknown };
  if (Reflect.defineProperty(holder, key, after)) replaced.push({ holder, key, before, after });
  else notWoven(site, 'the property can’t be changed');
}

/** A gauge needs the live instances; those of the legacy dialect don't announce themselves. */
function needsSighting(owner: AnyClass, sites: readonly CallSite[]): boolean {
  const gauged = sites.some(
    ({ element, records }) => !element.static && records.some((record) => record.annotation === 'gauged'),
  );
  return gauged && !announcesInstances(owner);
}

function notWoven(site: CallSite, reason: string): void {
  report('SPANDREL_NOT_WOVEN', site.name, { reason });
}
