/**
 * Weaves the annotated classes of the process, those known at the start and those that appear later, and gives all of
 * them their originals back at the end.
 */
import { guard } from '../faults/guard.js';
import { type AnyClass, type AnyFunction, classNameOf, type Element } from '../metadata/element.js';
import { planOf } from '../metadata/plan.js';
import type { ArrivalListener } from '../metadata/process-state.js';
import { enrolledClasses, enrolledSlots, listenForArrivals } from '../metadata/roster.js';
import type { FunctionSlot } from '../metadata/slot.js';
import type { Advisor } from './advice.js';
import { coverBound } from './bound-before.js';
import type { Live, Runner } from './call-plan.js';
import { fillSlot } from './fill-slot.js';
import { type Gate, gateFor, handOver } from './gate.js';
import { inheritedDescriptor } from './inherited.js';
import { hasPoorName, reportPoorName } from './poor-names.js';
import { isAdvised } from './remains.js';
import { unweave } from './replaced.js';
import { placeOfMember, runnerAt, type Woven, weaveClass } from './weave-class.js';

export class Loom implements ArrivalListener {
  readonly #advisor: Advisor;
  readonly #woven = new WeakMap<AnyClass, Woven>();
  /** Classes still being decorated, and their gates; for the rest of one tick. */
  readonly #awaited = new Map<AnyClass, Gate[]>();
  /** Classes whose names were looked at. */
  readonly #looked = new WeakSet<AnyClass>();
  readonly #live: Live = { on: false };

  constructor(advisor: Advisor) {
    this.#advisor = advisor;
  }

  /** Weaves what is known and listens for what comes. */
  start(): void {
    this.#live.on = true;
    for (const owner of enrolledClasses()) this.arrived(owner);
    for (const slot of enrolledSlots()) this.wrapped(slot);
    listenForArrivals(this);
  }

  /** Gives every class its originals back; calls that are still running settle as they would have. */
  stop(): void {
    listenForArrivals(undefined);
    // Their gates go with the originals: weave them, to take them off.
    for (const owner of [...this.#awaited.keys()]) this.#arriveOnce(owner);
    this.#advisor.lasting.endAll();
    this.#live.on = false;
    for (const owner of enrolledClasses()) this.#guarded(owner, () => this.#unweave(owner));
    for (const slot of enrolledSlots()) (slot as FunctionSlot).runner = undefined;
  }

  /** Weaves a class, again when annotations were added to it since: then the stand-ins of before are bare. */
  arrived(owner: AnyClass): void {
    if (!this.#live.on) return;
    this.#unweave(owner);
    const woven: Woven = { live: { on: true }, replaced: [], filled: [] };
    this.#woven.set(owner, woven);
    this.#guarded(owner, () => weaveClass(owner, this.#advisor, woven));
    this.#lookAtName(owner);
  }

  /**
   * The class is complete at the end of this tick, or as soon as one of its methods is called. Told of a member, it may
   * give another descriptor; told of the class, it sees to all members that are reached.
   */
  arriving(owner: AnyClass, element: Element, descriptor?: PropertyDescriptor): PropertyDescriptor | undefined {
    if (!this.#awaited.has(owner)) {
      this.#awaited.set(owner, []);
      queueMicrotask(() => this.#arriveOnce(owner));
    }
    return this.#guarded(owner, () => {
      if (descriptor !== undefined) return this.#gated(owner, element, descriptor, false);
      for (const member of planOf(owner)) this.#gateStanding(owner, member.element);
      return undefined;
    });
  }

  /** What decorators below ours bound by now was the method as it was written. */
  firstBuilt(owner: AnyClass, instance: object): void {
    this.#guarded(owner, () => coverBound(owner, instance, this.#advisor, this.#live));
  }

  wrapped(slot: object): void {
    this.#guarded(undefined, () => fillSlot(slot as FunctionSlot, this.#advisor, this.#live));
  }

  /** A property with a gate in it; `undefined` where its calls are told already. */
  #gated(
    owner: AnyClass,
    element: Element,
    descriptor: PropertyDescriptor,
    inherited: boolean,
  ): PropertyDescriptor | undefined {
    const { holder, key, side } = placeOfMember(owner, element);
    const original = descriptor[side] as unknown;
    if (typeof original !== 'function' || isAdvised(original)) return undefined;
    const gate = gateFor(original as AnyFunction, { holder, key, inherited }, (arrived) =>
      this.#arriveAt(owner, element, arrived),
    );
    this.#awaited.get(owner)?.push(gate);
    return { ...descriptor, [side]: gate.made };
  }

  #gateStanding(owner: AnyClass, element: Element): void {
    const { holder, key } = placeOfMember(owner, element);
    const own = Object.getOwnPropertyDescriptor(holder, key);
    const found = own ?? inheritedDescriptor(holder, key);
    const gated = found && this.#gated(owner, element, found, own === undefined);
    if (gated !== undefined) Reflect.defineProperty(holder, key, gated);
  }

  /**
   * The first call of a class still awaited has come to one of its gates, or one to a gate that the class was woven without:
   * how that call is to be run.
   */
  #arriveAt(owner: AnyClass, element: Element, gate: Gate): Runner | undefined {
    const { holder, key, side } = placeOfMember(owner, element);
    const standing = (): unknown => Object.getOwnPropertyDescriptor(holder, key)?.[side];
    const before = standing();
    if (this.#awaited.has(owner)) this.#arriveOnce(owner);
    else if (before === gate.made) this.arrived(owner);
    // What stands there tells the call, and leads here.
    else if (!this.#live.on || isAdvised(before)) return undefined;
    const now = standing();
    if (before === gate.made) return now === before ? undefined : (now as Runner);
    // Another decorator put the gate inside a function of its own, which is running now: go on from here.
    return this.#guarded(owner, () => runnerAt(gate, owner, element, this.#advisor, this.#live));
  }

  #arriveOnce(owner: AnyClass): void {
    const gates = this.#awaited.get(owner);
    if (gates === undefined) return;
    this.#awaited.delete(owner);
    for (const gate of gates) this.#guarded(owner, () => handOver(gate));
    this.arrived(owner);
  }

  #unweave(owner: AnyClass): void {
    const woven = this.#woven.get(owner);
    if (woven === undefined) return;
    this.#woven.delete(owner);
    woven.live.on = false;
    unweave(woven.replaced);
    for (const slot of woven.filled) slot.runner = undefined;
  }

  /** Once a class. Not at once: bundlers may give it its name after its static initializers, in which it appears. */
  #lookAtName(owner: AnyClass): void {
    if (this.#looked.has(owner) || this.#guarded(owner, () => hasPoorName(owner)) !== true) return;
    this.#looked.add(owner);
    queueMicrotask(() => {
      if (this.#live.on) this.#guarded(owner, () => reportPoorName(owner));
    });
  }

  #guarded<T>(owner: AnyClass | undefined, work: () => T): T | undefined {
    return guard('SPANDREL_NOT_WOVEN', owner === undefined ? '' : classNameOf(owner), '', work, undefined);
  }
}
