/**
 * Weaves the annotated classes of the process, those known at the start and those that appear later, and gives all of
 * them their originals back at the end.
 */
import { guard } from '../faults/guard.js';
import { type AnyClass, classNameOf, type Element } from '../metadata/element.js';
import type { ArrivalListener } from '../metadata/process-state.js';
import { enrolledClasses, enrolledSlots, listenForArrivals } from '../metadata/roster.js';
import type { Advisor } from './advice.js';
import type { Live } from './call.js';
import { gateFor, gateOf } from './gate.js';
import { type Replaced, unweave } from './replaced.js';
import type { Runner } from './run-call.js';
import { fillSlot, type Slot } from './slot.js';
import { runnerOf, standingAt, weaveClass } from './weave-class.js';

type AnyFunction = (...args: never[]) => unknown;

export class Loom implements ArrivalListener {
  readonly #advisor: Advisor;
  readonly #woven = new WeakMap<AnyClass, Replaced[]>();
  /** Classes still being decorated; for the rest of one tick. */
  readonly #awaited = new Set<AnyClass>();
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
    if (!this.#live.on) return;
    listenForArrivals(undefined);
    // Their gates go with the originals: weave them, to take them off.
    for (const owner of [...this.#awaited]) this.#arriveOnce(owner);
    this.#live.on = false;
    for (const owner of enrolledClasses()) this.#unweave(owner);
    for (const slot of enrolledSlots()) (slot as Slot).runner = undefined;
  }

  /** Weaves a class, again when annotations were added to it since. */
  arrived(owner: AnyClass): void {
    if (!this.#live.on) return;
    this.#unweave(owner);
    const replaced = guard(
      'SPANDREL_NOT_WOVEN',
      classNameOf(owner),
      '',
      () => weaveClass(owner, this.#advisor, this.#live),
      [],
    );
    this.#woven.set(owner, replaced);
  }

  /** The class is complete at the end of this tick, or as soon as one of its methods is called. */
  arriving(owner: AnyClass, element: Element, descriptor: PropertyDescriptor): PropertyDescriptor | undefined {
    if (!this.#awaited.has(owner)) {
      this.#awaited.add(owner);
      queueMicrotask(() => this.#arriveOnce(owner));
    }
    const side = element.kind === 'getter' ? 'get' : 'value';
    const original = descriptor[side] as AnyFunction | undefined;
    if (original === undefined || gateOf(original) !== undefined) return undefined;
    return { ...descriptor, [side]: gateFor(original, (gate) => this.#arriveAt(owner, element, original, gate)) };
  }

  /** The first call of a class still awaited has come to one of its gates: how that call is to be run. */
  #arriveAt(owner: AnyClass, element: Element, original: AnyFunction, gate: AnyFunction): Runner | undefined {
    if (!this.#awaited.has(owner)) return undefined;
    const before = standingAt(owner, element);
    this.#arriveOnce(owner);
    const now = standingAt(owner, element);
    // Another decorator put the gate inside a function of its own, which is running now: go on from here.
    if (before !== gate) return runnerOf(owner, element, original, this.#advisor, this.#live);
    return now === gate ? undefined : (self, args) => Reflect.apply(now as AnyFunction, self, args);
  }

  wrapped(slot: object): void {
    if (this.#live.on)
      guard('SPANDREL_NOT_WOVEN', '', '', () => fillSlot(slot as Slot, this.#advisor, this.#live), undefined);
  }

  #arriveOnce(owner: AnyClass): void {
    if (!this.#awaited.delete(owner)) return;
    this.arrived(owner);
  }

  #unweave(owner: AnyClass): void {
    const replaced = this.#woven.get(owner);
    if (replaced === undefined) return;
    this.#woven.delete(owner);
    unweave(replaced);
  }
}
