/**
 * The records of a class, read as the README says for each dialect.
 */
import 'reflect-metadata';
import { type AnnotationRecord, recordsKey } from 'spandrel';
import { dialect } from './dialect.js';

type AnyClass = abstract new (...args: never[]) => unknown;

/** The records on one member (`undefined`: on the class itself), its bases' left out. */
export function recordsOf(owner: AnyClass, key?: string | symbol, isStatic = false): readonly AnnotationRecord[] {
  if (dialect === 'standard') {
    const metadata = Object.getOwnPropertyDescriptor(owner, Symbol.metadata)?.value as object | undefined;
    const records = Object.getOwnPropertyDescriptor(metadata ?? {}, recordsKey)?.value as
      | readonly AnnotationRecord[]
      | undefined;
    return (records ?? []).filter(({ element }) => element.key === key && element.static === isStatic);
  }
  const found: unknown =
    key === undefined
      ? Reflect.getOwnMetadata(recordsKey, owner)
      : Reflect.getOwnMetadata(recordsKey, isStatic ? owner : (owner.prototype as object), key);
  return (found ?? []) as readonly AnnotationRecord[];
}
