/**
 * Tells of classes whose spans can't be told by their names: nameless ones that were only known at their first construction,
 * where nothing may be thrown, and those a minifier renamed.
 */
import { report } from '../faults/report.js';
import { type AnyClass, classNameOf, elementName } from '../metadata/element.js';
import { looksMinified, namedAfterClass } from '../metadata/naming.js';
import { planOf } from '../metadata/plan.js';

export function hasPoorName(owner: AnyClass): boolean {
  return classNameOf(owner) === '' || looksMinified(owner);
}

export function reportPoorName(owner: AnyClass): void {
  const [member] = namedAfterClass(planOf(owner));
  if (member === undefined) return;
  const name = classNameOf(owner);
  if (name === '') report('SPANDREL_NAMELESS_CLASS', elementName('', member.element.key));
  else if (looksMinified(owner)) report('SPANDREL_MINIFIED_NAME', name, { name });
}
