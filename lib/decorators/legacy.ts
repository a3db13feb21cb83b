/**
 * Remembering in TypeScript's `experimentalDecorators`: the class is handed over, so its record goes straight to the
 * roster, and is mirrored to the host's Reflect metadata where there is one.
 */

import type { AnyClass, Element } from '../metadata/element.js';
import type { AnnotationRecord } from '../metadata/records/record.js';
import { arrivalListener, enrol, recordsOf } from '../metadata/roster.js';
import { accept, type Meeting } from './meeting.js';
import { recordsKey } from './records-key.js';

/** Keeps the record; a class that appears while telemetry runs may get a stand-in for the member at once. */
export function rememberLegacy(
  meeting: Meeting,
  owner: AnyClass,
  descriptor: PropertyDescriptor | undefined,
): PropertyDescriptor | undefined {
  const records = accept(meeting, recordsOf(owner));
  const { element } = meeting.record;
  enrol(owner, records);
  mirror(
    owner,
    element,
    records.filter((record) => record.element.key === element.key && record.element.static === element.static),
  );
  const listener = arrivalListener();
  if (listener === undefined) return undefined;
  // The class decorator runs last: by then every annotation of the class is known.
  if (element.kind === 'class') listener.arrived(owner);
  return descriptor === undefined ? undefined : listener.arriving(owner, element, descriptor);
}

type ReflectMetadata = {
  defineMetadata?(key: string, value: unknown, target: object, member?: string | symbol): void;
};

function mirror(owner: AnyClass, { kind, key, static: isStatic }: Element, records: readonly AnnotationRecord[]): void {
  const { defineMetadata } = Reflect as ReflectMetadata;
  if (defineMetadata === undefined) return;
  if (kind === 'class') defineMetadata(recordsKey, Object.freeze(records), owner);
  else defineMetadata(recordsKey, Object.freeze(records), isStatic ? owner : (owner.prototype as object), key);
}
