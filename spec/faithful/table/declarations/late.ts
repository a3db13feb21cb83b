/**
 * Classes that are written while telemetry runs, and plain functions.
 */
import { type TracedOptions, traced } from 'spandrel';
import { holding } from '../annotate.js';
import type { Body } from '../scenario.js';
import { type Declaration, onInstance } from './declaration.js';
import { inheritance } from './inheritance.js';
import { members } from './members.js';
import { surroundings } from './surroundings.js';

const early = [...members, ...inheritance, ...surroundings];

/** Frozen as soon as it is written: what leads to its method is there by then. */
const frozenAtOnce: Declaration = {
  name: 'a method of a class that is frozen at once, late',
  layers: ['FrozenLater.run'],
  on: 'either',
  late: true,
  declare(body, { member, owner }) {
    @owner()
    class FrozenLater {
      @member
      @holding(body)
      run(..._args: unknown[]): unknown {
        return undefined;
      }
    }
    const declared = onInstance(FrozenLater);
    Object.freeze(FrozenLater.prototype);
    Object.freeze(FrozenLater);
    return declared;
  },
};

/** Every declaration above, written after `bootstrap()`. */
export const late: readonly Declaration[] = [...lateOf(early.filter(({ fixed }) => fixed === undefined)), frozenAtOnce];

/** The same, written after `bootstrap()`. */
export function lateOf(declarations: readonly Declaration[]): Declaration[] {
  return declarations.map((declaration) => ({ ...declaration, name: `${declaration.name}, late`, late: true }));
}

const functionOf = (body: Body, options: TracedOptions | undefined): Body =>
  options === undefined ? body : traced(options, body);

export const functions: readonly Declaration[] = [false, true].map((isLate) => ({
  name: `a plain function${isLate ? ', late' : ''}`,
  layers: ['given'],
  on: 'function',
  ...(isLate ? { late: true } : {}),
  declare(body, { options }) {
    const named = Object.defineProperty(body, 'name', { value: 'given', configurable: true });
    const object = { run: functionOf(named, options) };
    return { self: object, invoke: (args) => object.run(...args), places: [[object, 'run']], classes: [] };
  },
}));
