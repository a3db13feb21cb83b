/**
 * Remembering in TypeScript's `experimentalDecorators`: the class is handed over, so its record goes straight to the
 * roster, and is mirrored to the host's Reflect metadata where there is one.
 */

import type { AnyClass, Element } from '../metadata/element.js';
import { refuseNameless, refuseOneNameForMany } from '../metadata/naming.js';
import type { AnnotationRecord } from '../metadata/records/record.js';
import { arrivalListener, enrol, recordsOf } from '../metadata/roster.js';
import { accept, type Meeting } from './meeting.js';
import { recordsKey } from './records-key.js';

/** Keeps the record; a member of a class that appears while telemetry runs may get a gate before it at once. */
export function rememberLegacy(
  meeting: Meeting,
  owner: AnyClass,
  descriptor: PropertyDescriptor | undefined,
): PropertyDescriptor | undefined {
  const { element } = meeting.record;
  const records = accept(meeting, recordsOf(owner));
  refuseNameless(owner, records);
  if (element.kind === 'class') refuseOneNameForMany(owner, records, meeting.where);
  enrol(owner, records);
  mirror(
    owner,
    element,
    records.filter((record) => record.element.key === element.key && record.element.static === element.static),
  );
  // Other decorators may still follow, also after one of the class: it is woven when all have run.
  return arrivalListener()?.arriving(owner, element, descriptor);
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
