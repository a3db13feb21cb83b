/**
 * Remembering in the standard dialect: a member's decorator is not told its class, so the record waits on the class's
 * metadata object. The class is known with its own decorator, with a static member, or at its first construction,
 * whichever comes first. A class decorator of others may have put another class in its place by then, usually one that
 * extends it: the metadata object is that one's, the members are not.
 */
import { SpandrelFault } from '../faults/fault.js';
import { type AnyClass, type AnyFunction, classNameOf, type Element } from '../metadata/element.js';
import { markAnnouncing, noticeInstance } from '../metadata/instances.js';
import { refuseNameless, refuseOneNameForMany } from '../metadata/naming.js';
import { oneInProcess } from '../metadata/process-state.js';
import { type AnnotationRecord, wordOf } from '../metadata/records/record.js';
import { arrivalListener, enrol, recordsOf } from '../metadata/roster.js';
import { metadataSymbol } from '../metadata/symbol-metadata.js';
import { accept, type Meeting } from './meeting.js';
import { placePrivate } from './private-place.js';
import { recordsKey } from './records-key.js';

type Context = DecoratorContext & { readonly kind: string };
type Metadata = Record<string, unknown>;

/** What is known of a class while its decorators run; filled in once the class itself is. */
interface Pending {
  /** The class its members were written in. */
  owner: AnyClass | undefined;
  /** The functions its members’ decorators were handed. */
  readonly written: Map<Element, unknown>;
  /** The class each of its own annotations was handed. */
  readonly handed: Map<AnnotationRecord, AnyClass>;
  watchesConstruction: boolean;
  /** It has gauges: its instances announce themselves. */
  announces: boolean;
}

/** One class may carry annotations of two copies of the package. */
const pendingClasses = oneInProcess('pendingClasses', () => new WeakMap<Metadata, Pending>());

/**
 * Keeps the record on the metadata object, and sees to it that the class becomes known. `target` is the class, the method
 * or the getter; what is returned is to take its place.
 */
export function rememberStandard(meeting: Meeting, context: Context, target: unknown): AnyFunction | undefined {
  const metadata = context.metadata as Metadata | undefined;
  const { record, where } = meeting;
  if (metadata === undefined) {
    throw new SpandrelFault('SPANDREL_NO_METADATA', where, { annotation: wordOf[record.annotation] });
  }
  // The metadata object inherits from the base class's: only what is its own belongs to this class.
  const own = Object.hasOwn(metadata, recordsKey) ? (metadata[recordsKey] as readonly AnnotationRecord[]) : [];
  const records = accept(meeting, own);
  if (context.kind === 'class') refuseOneNameForMany(target as AnyClass, records, where);
  metadata[recordsKey] = records;
  let pending = pendingClasses.get(metadata);
  if (pending === undefined) {
    pending = {
      owner: undefined,
      written: new Map(),
      handed: new Map(),
      watchesConstruction: false,
      announces: false,
    };
    pendingClasses.set(metadata, pending);
  }
  const { element } = record;
  if (element.kind === 'class') {
    pending.handed.set(record, target as AnyClass);
    appearAfter(context, metadata, pending, target as AnyClass);
    return undefined;
  }
  if (element.private !== true) pending.written.set(element, target);
  if (element.static) appearAfter(context, metadata, pending);
  else watchConstruction(context, metadata, pending);
  if (record.annotation === 'gauged' && !element.static) announceInstances(context, metadata, pending);
  if (element.private !== true) return undefined;
  const { access } = context as ClassGetterDecoratorContext<object>;
  return placePrivate(record, target as AnyFunction, { access, metadata });
}

/** Class and static initializers run when the class is complete, with the class as `this`. */
function appearAfter(context: Context, metadata: Metadata, pending: Pending, target?: AnyClass): void {
  const { addInitializer } = context as { addInitializer(initializer: (this: unknown) => void): void };
  addInitializer(function (this: unknown) {
    const found = ownerAmong(this, metadata) ?? target ?? (this as AnyClass);
    appear(found, metadata, pending, refuseNameless);
    if (target === undefined && pending.owner !== undefined) arriveAgainIfRenamed(pending.owner);
  });
}

/** esbuild gives a class its name after its static initializers: one that was woven before bears another until then. */
function arriveAgainIfRenamed(owner: AnyClass): void {
  if (arrivalListener() === undefined) return;
  const name = classNameOf(owner);
  queueMicrotask(() => {
    if (classNameOf(owner) !== name) arrivalListener()?.arrived(owner);
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
    if (owner === undefined) continue;
    appear(owner, metadata, pending);
    if (pending.owner !== undefined) arrivalListener()?.firstBuilt?.(pending.owner, instance as object);
    return;
  }
}

/**
 * `found` is the class as it ended up: annotations of the class belong to what they were put on, others to the members’.
 * `refuse` may throw while the class is being defined, never at a construction.
 */
function appear(found: AnyClass, metadata: Metadata, pending: Pending, refuse?: typeof refuseNameless): void {
  if (pending.owner === undefined) {
    basesAppear(found);
    pending.owner = writtenIn(found, pending);
  }
  const { owner, handed } = pending;
  if (pending.announces) markAnnouncing(owner);
  const byClass = new Map<AnyClass, AnnotationRecord[]>();
  for (const record of metadata[recordsKey] as readonly AnnotationRecord[]) {
    const annotated = handed.get(record) ?? owner;
    byClass.set(annotated, [...(byClass.get(annotated) ?? []), record]);
  }
  const news = [...byClass].filter(([annotated, records]) => recordsOf(annotated).length !== records.length);
  for (const [annotated, records] of news) refuse?.(annotated, records);
  for (const [annotated, records] of news) enrol(annotated, Object.freeze(records));
  for (const [annotated] of news) arrivalListener()?.arrived(annotated);
}

/** The class that has a member as its decorator was handed it; failing that (others wrapped them), all by their names. */
function writtenIn(found: AnyClass, { handed, written }: Pending): AnyClass {
  const lines = [...handed.values(), found].flatMap(lineOf);
  const members = [...written];
  return (
    lines.find((level) => members.some(([element, value]) => standingIn(level, element) === value)) ??
    lines.find((level) => members.every(([element]) => standingIn(level, element) !== undefined)) ??
    found
  );
}

/** A class and its bases. */
function lineOf(owner: AnyClass): AnyClass[] {
  const line: AnyClass[] = [];
  for (let level: unknown = owner; isOfUser(level); level = Object.getPrototypeOf(level)) line.push(level);
  return line;
}

function isOfUser(level: unknown): level is AnyClass {
  return typeof level === 'function' && level !== Function.prototype;
}

function standingIn(owner: AnyClass, { key, kind, static: isStatic }: Element): unknown {
  const holder = isStatic ? owner : (owner.prototype as object | undefined);
  return (
    holder && Object.getOwnPropertyDescriptor(holder, key as string | symbol)?.[kind === 'getter' ? 'get' : 'value']
  );
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
