/**
 * A method that another decorator made an accessor of, as those do that bind it to its instance: the accessor is asked at
 * each use, and the calls of what it hands out are told. Such decorators keep the bound method on the instance, so what is
 * handed out once is covered there, too. What was handed out before the class was woven leads to the gate inside.
 */
import { guard } from '../faults/guard.js';
import type { AnyFunction } from '../metadata/element.js';
import { methodStandIn } from '../metadata/stand-in.js';
import type { CallPlan, Runner } from './call-plan.js';
import type { Gate } from './gate.js';
import { isAdvised, remember } from './remains.js';
import { runnerFor } from './run-call.js';

/**
 * The accessor in the place of `plan.original`, the other decorator's; `plan` is of the method it hands out, and `gate` what
 * that leads to.
 */
export function handingOut(plan: CallPlan, key: string | symbol, gate: Gate | undefined): Runner {
  const { live, original: accessor, site } = plan;
  const covers = new WeakMap<AnyFunction, AnyFunction>();
  const passage = gate && passageTo(gate, plan);
  const coverOf = (method: AnyFunction): AnyFunction => {
    if (isAdvised(method) && method !== gate?.made) return method;
    const known = covers.get(method);
    if (known !== undefined) return known;
    const told = runnerFor({ ...plan, original: method });
    const run = passage === undefined ? told : passage.through(told);
    const made = remember(methodStandIn(method, run), { original: method, live, advised: true });
    covers.set(method, made);
    return made;
  };
  return {
    run(this: unknown): unknown {
      const given: unknown = Reflect.apply(accessor, this, []);
      if (!live.on || typeof given !== 'function') return given;
      const method = given as AnyFunction;
      passage?.handedTo(this);
      return guard('SPANDREL_NOT_WOVEN', site.name, '', () => kept(this, key, method, coverOf(method)), given);
    },
  }.run;
}

interface Passage {
  /** How a cover is run. */
  through(run: Runner): Runner;
  /** `instance` was given a cover. */
  handedTo(instance: unknown): void;
}

/**
 * Who tells a call: the cover, of what is handed out from now on; the gate, of what was handed out before. The gate knows a
 * call that comes from a cover, which is the first to reach it, or is of an instance that was given one (what it was given
 * may put the call off).
 */
function passageTo(gate: Gate, plan: CallPlan): Passage {
  const { original } = gate;
  const told = runnerFor({ ...plan, original });
  const given = new WeakSet();
  let covered = false;
  gate.woven = {
    run(this: unknown, ...args: unknown[]): unknown {
      const toldAlready = covered || !isObject(this) || given.has(this);
      covered = false;
      return Reflect.apply(toldAlready ? original : told, this, args as never[]);
    },
  }.run;
  return {
    through: (run) =>
      ({
        run(this: unknown, ...args: unknown[]): unknown {
          const before = covered;
          covered = true;
          try {
            return Reflect.apply(run, this, args);
          } finally {
            covered = before;
          }
        },
      }).run,
    handedTo: (instance) => {
      if (isObject(instance)) given.add(instance);
    },
  };
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** The cover, also where the other decorator kept the method on the instance. */
function kept(self: unknown, key: string | symbol, method: AnyFunction, cover: AnyFunction): AnyFunction {
  if (isObject(self)) {
    const own = Object.getOwnPropertyDescriptor(self, key);
    if (own?.value === method) Reflect.defineProperty(self, key, { value: cover });
  }
  return cover;
}
