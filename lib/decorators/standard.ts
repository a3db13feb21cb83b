/**
 * Remembering in the standard dialect: a member's decorator is not told its class, so the record waits on the class's
 * metadata object. The class is known with its own decorator, with a static member, or at its first construction,
 * whichever comes first.
 */
import { SpandrelFault } from '../faults/fault.js';
import type { AnyClass } from '../metadata/element.js';
import { markAnnouncing, noticeInstance } from '../metadata/instances.js';
import { type AnnotationRecord, wordOf } from '../metadata/records/record.js';
import { arrivalListener, enrol, isEnrolled } from '../metadata/roster.js';
import { metadataSymbol } from '../metadata/symbol-metadata.js';
import { accept, type Meeting } from './meeting.js';
import { recordsKey } from './records-key.js';

type Context = DecoratorContext & { readonly kind: string };
type Metadata = Record<string, unknown>;

/** What is known of a class while its decorators run; filled in once the class itself is. */
interface Pending {
  owner: AnyClass | undefined;
  watchesConstruction: boolean;
  /** It has gauges: its instances announce themselves. */
  announces: boolean;
}

const pendingClasses = new WeakMap<Metadata, Pending>();

/** Keeps the record on the metadata object, and sees to it that the class becomes known. */
export function rememberStandard(meeting: Meeting, context: Context, target: AnyClass): void {
  const metadata = context.metadata as Metadata | undefined;
  const { record, where } = meeting;
  if (metadata === undefined) {
    throw new SpandrelFault('SPANDREL_NO_METADATA', where, { annotation: wordOf[record.annotation] });
  }
  // The metadata object inherits from the base class's: only what is its own belongs to this class.
  const own = Object.hasOwn(metadata, recordsKey) ? (metadata[recordsKey] as readonly AnnotationRecord[]) : [];
  metadata[recordsKey] = accept(meeting, own);
  let pending = pendingClasses.get(metadata);
  if (pending === undefined) {
    pending = { owner: undefined, watchesConstruction: false, announces: false };
    pendingClasses.set(metadata, pending);
  }
  if (context.kind === 'class') appearAfter(context, metadata, pending, target);
  else if (record.element.static) appearAfter(context, metadata, pending);
  else watchConstruction(context, metadata, pending);
  if (record.annotation === 'gauged' && !record.element.static) announceInstances(context, metadata, pending);
}

/** Class and static initializers run when the class is complete, with the class as `this`. */
function appearAfter(context: Context, metadata: Metadata, pending: Pending, target?: AnyClass): void {
  const { addInitializer } = context as { addInitializer(initializer: (this: unknown) => void): void };
  addInitializer(function (this: unknown) {
    appear(ownerAmong(this, metadata) ?? target ?? (this as AnyClass), metadata, pending);
  });
}

/** Once a class, however many of its members are annotated: a construction pays for one check. */
function watchConstruction(context: Context, metadata: Metadata, pending: Pending): void {
  if (pending.watchesConstruction) return;
  pending.watchesConstruction = true;
  (context as ClassMethodDecoratorContext).addInitializer(function (this: unknown) {
    if (pending.owner === undefined) appearWith(this, metadata, pending);
  });
}

function announceInstances(context: Context, metadata: Metadata, pending: Pending): void {
  if (pending.announces) return;
  pending.announces = true;
  (context as ClassMethodDecoratorContext).addInitializer(function (this: unknown) {
    if (pending.owner === undefined) appearWith(this, metadata, pending);
    if (pending.owner !== undefined) noticeInstance(pending.owner, this);
  });
}

/** `this.constructor` is the most derived class: walk up to the one whose own metadata object is ours. */
function appearWith(instance: unknown, metadata: Metadata, pending: Pending): void {
  for (let level = prototypeOf(instance); level !== null; level = prototypeOf(level)) {
    const owner = ownerAmong(Object.getOwnPropertyDescriptor(level, 'constructor')?.value, metadata);
    if (owner !== undefined) return appear(owner, metadata, pending);
  }
}

function appear(owner: AnyClass, metadata: Metadata, pending: Pending): void {
  if (pending.owner === undefined) basesAppear(owner);
  pending.owner = owner;
  if (pending.announces) markAnnouncing(owner);
  const known = isEnrolled(owner);
  enrol(owner, metadata[recordsKey] as readonly AnnotationRecord[]);
  if (!known) arrivalListener()?.arrived(owner);
}

/** A base class annotated on its methods alone is known with its first subclass: what it annotates is woven there. */
function basesAppear(owner: AnyClass): void {
  for (
    let base: unknown = Object.getPrototypeOf(owner);
    typeof base === 'function';
    base = Object.getPrototypeOf(base)
  ) {
    const metadata = Object.getOwnPropertyDescriptor(base, metadataSymbol)?.value as Metadata | undefined;
    const pending = metadata && pendingClasses.get(metadata);
    if (metadata !== undefined && pending?.owner === undefined && pending !== undefined) {
      return appear(base as unknown as AnyClass, metadata, pending);
    }
  }
}

function ownerAmong(candidate: unknown, metadata: Metadata): AnyClass | undefined {
  if (typeof candidate !== 'function') return undefined;
  const own = Object.getOwnPropertyDescriptor(candidate, metadataSymbol)?.value as unknown;
  return own === metadata ? (candidate as unknown as AnyClass) : undefined;
}

function prototypeOf(value: unknown): object | null {
  return typeof value === 'object' && value !== null ? (Object.getPrototypeOf(value) as object | null) : null;
}
