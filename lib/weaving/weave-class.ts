/**
 * Puts stand-ins on a class for the elements that were annotated, and takes them off again. Only descriptors are read
 * and written; an element that cannot be replaced is reported and left as it is.
 */
import { guard } from '../faults/guard.js';
import { report } from '../faults/report.js';
import { type AnyClass, type Element, sameElement } from '../metadata/element.js';
import { announcesInstances } from '../metadata/instances.js';
import { type PlannedMember, planOf } from '../metadata/plan.js';
import type { Advisor } from './advice.js';
import type { Live } from './call.js';
import { type CallSite, callSite } from './call-site.js';
import { gateOf } from './gate.js';
import type { Replaced } from './replaced.js';
import { type Runner, runnerFor } from './run-call.js';
import { sighted } from './sighting.js';
import { standIn } from './stand-in.js';

type AnyFunction = (...args: never[]) => unknown;

/** Weaves every annotated member of `owner`; what was replaced comes back, for `unweave`. */
export function weaveClass(owner: AnyClass, advisor: Advisor, live: Live): Replaced[] {
  const members = planOf(owner);
  const sites: CallSite[] = [];
  const replaced: Replaced[] = [];
  for (const member of members) {
    const site = callSite(owner, member.element, member.records);
    sites.push(site);
    const done = guard('SPANDREL_NOT_WOVEN', site.name, '', () => weaveMember(site, member, advisor, live), undefined);
    if (done !== undefined) replaced.push(done);
  }
  if (needsSighting(owner, sites)) replaced.push(...sighted(owner));
  advisor.classWoven(owner, sites);
  return replaced;
}

/** What stands where a member of a class is. */
export function standingAt(owner: AnyClass, { key, kind, static: isStatic }: Element): unknown {
  const holder = isStatic ? owner : (owner.prototype as object);
  return Object.getOwnPropertyDescriptor(holder, key as string | symbol)?.[kind === 'getter' ? 'get' : 'value'];
}

/** How a call of a member that has reached `original` is run: for one that is under way while its class is woven. */
export function runnerOf(
  owner: AnyClass,
  element: Element,
  original: AnyFunction,
  advisor: Advisor,
  live: Live,
): Runner | undefined {
  const member = planOf(owner).find((planned) => sameElement(planned.element, element));
  if (member === undefined) return undefined;
  const site = callSite(owner, member.element, member.records);
  return runnerFor({ site, original, advice: advisor.adviceFor(site), live, ambient: () => advisor.ambient() });
}

function weaveMember(
  site: CallSite,
  { element, inherited }: PlannedMember,
  advisor: Advisor,
  live: Live,
): Replaced | undefined {
  const holder = holderOf(site.owner as AnyClass, element);
  const key = element.key as string | symbol;
  const before = Object.getOwnPropertyDescriptor(holder, key);
  const found = before ?? (inherited ? inheritedDescriptor(holder, key) : undefined);
  const side = element.kind === 'getter' ? 'get' : 'value';
  const standing = found?.[side] as unknown;
  if (found === undefined || typeof standing !== 'function') return notWoven(site, 'there is no such member any more');
  const gate = before === undefined ? undefined : gateOf(standing as AnyFunction);
  const original = gate?.original ?? (standing as AnyFunction);
  const advice = advisor.adviceFor(site);
  if (advice.length === 0) {
    if (gate !== undefined) Reflect.defineProperty(holder, key, { ...found, [side]: original });
    return undefined;
  }
  const run = runnerFor({ site, original, advice, live, ambient: () => advisor.ambient() });
  const made = standIn(original, run);
  const after = { ...found, [side]: made };
  const restored = gate === undefined ? before : { ...found, [side]: original };
  if (!Reflect.defineProperty(holder, key, after)) return notWoven(site, 'the property can’t be changed');
  if (gate !== undefined) gate.woven = made;
  return { holder, key, before: restored, after };
}

function holderOf(owner: AnyClass, element: Element): object {
  return element.static ? owner : (owner.prototype as object);
}

function inheritedDescriptor(holder: object, key: string | symbol): PropertyDescriptor | undefined {
  for (let level = Object.getPrototypeOf(holder) as object | null; level !== null; ) {
    const found = Object.getOwnPropertyDescriptor(level, key);
    if (found !== undefined) return { ...found, configurable: true };
    level = Object.getPrototypeOf(level) as object | null;
  }
  return undefined;
}

/** A gauge needs the live instances; those of the legacy dialect don't announce themselves. */
function needsSighting(owner: AnyClass, sites: readonly CallSite[]): boolean {
  const gauged = sites.some(
    ({ element, records }) => !element.static && records.some((record) => record.annotation === 'gauged'),
  );
  return gauged && !announcesInstances(owner);
}

function notWoven(site: CallSite, reason: string): undefined {
  report('SPANDREL_NOT_WOVEN', site.name, { reason });
  return undefined;
}
