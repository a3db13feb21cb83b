/**
 * Whether a class has a name that its spans can go by: some are written without any, and minifiers leave a letter or two.
 */
import { SpandrelFault } from '../faults/fault.js';
import { type AnyClass, classNameOf, elementName } from './element.js';
import { type PlannedMember, planOf } from './plan.js';
import type { AnnotationRecord, TracedRecord } from './records/record.js';

/** A name as minifiers give: nobody starts a class with a small letter and stops after two. */
export function looksMinified(owner: AnyClass): boolean {
  return /^[a-z][\w$]?$/.test(classNameOf(owner));
}

/** The members whose spans go by the name of their class. */
export function namedAfterClass(plan: readonly PlannedMember[]): PlannedMember[] {
  return plan.filter(({ records }) => {
    const { name, prefix } = tracedAmong(records)?.options ?? { name: '' };
    return name === undefined && prefix === undefined;
  });
}

/** Throws where the spans of a nameless class would have no name but their member's. */
export function refuseNameless(owner: AnyClass, records: readonly AnnotationRecord[]): void {
  if (classNameOf(owner) !== '') return;
  const [member] = namedAfterClass(planOf(owner, records));
  if (member === undefined) return;
  throw new SpandrelFault('SPANDREL_NAMELESS', elementName('', member.element.key), {
    subject: 'the class',
    remedy: 'class Shop { … }; or @Traced({ prefix: … }) on the class, @Traced({ name: … }) on each method',
  });
}

/** Throws where a name given on a class would be that of several methods. */
export function refuseOneNameForMany(owner: AnyClass, records: readonly AnnotationRecord[], where: string): void {
  const ofClass = tracedAmong(records.filter(({ element }) => element.kind === 'class'));
  if (typeof ofClass?.options.name !== 'string') return;
  const { name } = ofClass.options;
  const { length } = planOf(owner, records).filter((member) => tracedAmong(member.records)?.options.name === name);
  if (length > 1) throw new SpandrelFault('SPANDREL_ONE_NAME', where, { name, count: length });
}

function tracedAmong(records: readonly AnnotationRecord[]): TracedRecord | undefined {
  return records.find((record) => record.annotation === 'traced');
}
