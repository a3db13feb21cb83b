/**
 * A mistake in a declaration, and the fault it must be. Annotations are put where the compiler would not let them.
 */
import { isSpandrelFault } from 'spandrel';
import type { FaultCode } from '../../lib/faults/catalogue.js';
import { dialect } from './dialect.js';
import { faultOf } from './thrown-by.js';

/** What is wrong, in which declaration, and what the fault says: code, place, and how the sentence of what is wrong begins. */
export type Mistake = readonly [mistake: string, declare: () => unknown, code: FaultCode, where: string, what: string];

/** A decorator the compiler lets stand anywhere: most mistakes are type errors, too. */
export const anywhere = (decorator: unknown): ((...args: unknown[]) => void) =>
  decorator as (...args: unknown[]) => void;

export const bad = (options: unknown): never => options as never;

/** Where a fault of a member of `Placed` is: the standard dialect does not tell a member's decorator its class. */
export const at = (member: string): string => (dialect === 'legacy' ? `Placed.${member}` : member);

/** Makes the mistake, and holds the fault against the catalogue's row. */
export function expectFault([, declare, code, where, what]: Mistake, file: string): void {
  const fault = faultOf(declare);
  expect([fault.code, fault.where]).toEqual([code, where]);
  expect(fault.what.startsWith(what) ? what : fault.what).toBe(what);
  expect(isSpandrelFault(fault)).toBe(true);
  for (const part of [code, where, fault.what, fault.consequence, fault.remedy]) expect(fault.message).toContain(part);
  // `{file}` is an example of a unit.
  expect(fault.message.replace('{file}', '')).not.toMatch(/[{]\w+[}]/);
  expect(fault.consequence.length * fault.remedy.length).toBeGreaterThan(0);
  expect(fault.stack?.startsWith(`SpandrelFault: ${fault.message}`)).toBe(true);
  expect(fault.stack).toContain(file);
}
