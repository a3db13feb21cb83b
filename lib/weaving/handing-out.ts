/**
 * A method that another decorator made an accessor of, as those do that bind it to its instance: the accessor is asked at
 * each use, and the calls of what it hands out are told. Such decorators keep the bound method on the instance, so what is
 * handed out once is covered there, too.
 */
import { guard } from '../faults/guard.js';
import type { AnyFunction } from '../metadata/element.js';
import { methodStandIn } from '../metadata/stand-in.js';
import type { CallPlan } from './call.js';
import { isAdvised, remember } from './remains.js';
import { type Runner, runnerFor } from './run-call.js';

/** The accessor in the place of `plan.original`, the other decorator's; `plan` is of the method it hands out. */
export function handingOut(plan: CallPlan, key: string | symbol): Runner {
  const { live, original: accessor, site } = plan;
  const covers = new WeakMap<AnyFunction, AnyFunction>();
  const coverOf = (method: AnyFunction): AnyFunction => {
    if (isAdvised(method)) return method;
    const known = covers.get(method);
    if (known !== undefined) return known;
    const run = runnerFor({ ...plan, original: method });
    const made = remember(methodStandIn(method, run), { original: method, live, advised: true });
    covers.set(method, made);
    return made;
  };
  return {
    run(this: unknown): unknown {
      const given: unknown = Reflect.apply(accessor, this, []);
      if (!live.on || typeof given !== 'function') return given;
      const method = given as AnyFunction;
      return guard('SPANDREL_NOT_WOVEN', site.name, '', () => kept(this, key, method, coverOf(method)), given);
    },
  }.run;
}

/** The cover, also where the other decorator kept the method on the instance. */
function kept(self: unknown, key: string | symbol, method: AnyFunction, cover: AnyFunction): AnyFunction {
  if (typeof self === 'object' && self !== null) {
    const own = Object.getOwnPropertyDescriptor(self, key);
    if (own?.value === method) Reflect.defineProperty(self, key, { value: cover });
  }
  return cover;
}
