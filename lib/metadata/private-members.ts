/**
 * `#private` members, which nobody can replace from outside of their class: their decorator leaves a switchable function in
 * their place, and says how they are read. Weaving finds both by the element. Only the standard dialect has them.
 */
import type { Element } from './element.js';
import { oneInProcess } from './process-state.js';
import type { Slot } from './slot.js';

export interface PrivateMember {
  /** The switch in front of it; `undefined` while nothing about its calls was asked for. */
  slot: Slot | undefined;
  /** The member as `instance` has it: the value of a getter, a method itself. Throws where it has none. */
  readonly read: (instance: object) => unknown;
}

const members = oneInProcess('privateMembers', () => new WeakMap<Element, PrivateMember>());

/** Several annotations of one member have an element each, and share the member. */
export function keepPrivateMember(element: Element, member: PrivateMember): void {
  members.set(element, member);
}

/** The private member an element is about; `undefined` for one that is not private. */
export function privateMember(element: Element): PrivateMember | undefined {
  return element.private === true ? members.get(element) : undefined;
}
