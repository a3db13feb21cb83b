/**
 * Calls whose advice wants the user's code in surroundings of its own, where those stand as a property that can be written:
 * the user's code is called at once, with no frame of ours between. In a large program the compiler sees through one frame
 * and not through five: a third of a call was measured there, and a recursion goes deeper.
 */
import { isPromise } from 'node:util/types';
import type { Standing } from './advice.js';
import { adviceFailed, nothing } from './advice-failed.js';
import type { Around } from './arrangement.js';
import { Call } from './call.js';
import type { CallPlan, Runner } from './call-plan.js';
import { failed, late } from './late.js';
import { quiet } from './quiet.js';
import { returned } from './returned.js';
import { givesFreshPromise } from './returns/plain-promise.js';
import { settle } from './returns/settle.js';

/** `elsewhere` runs the calls for which there is no such property. */
export function runnerInside(plan: CallPlan, around: Around, standing: Standing, elsewhere: Runner): Runner {
  const { live, original, beside } = plan;
  const { key } = standing;
  const asks = beside === undefined && around.aside !== undefined;
  const isFresh = givesFreshPromise(original);
  return {
    run(this: unknown, ...args: unknown[]): unknown {
      if (!live.on || quiet.depth > 0) return Reflect.apply(original, this, args);
      let holder: Record<symbol, unknown> | undefined;
      let found: unknown;
      let state: unknown;
      try {
        holder = standing.holder();
        if (holder !== undefined) {
          found = holder[key];
          if (asks) {
            state = around.aside?.(found);
            if (state !== undefined) holder[key] = around.inside?.(state) ?? found;
          }
        }
      } catch {
        // No stack left, or an object that takes nothing: the other way knows what to do.
        holder = undefined;
      }
      if (holder === undefined) return Reflect.apply(elsewhere, this, args);
      let value: unknown;
      if (state !== undefined) {
        try {
          value = Reflect.apply(original, this, args);
        } finally {
          holder[key] = found;
        }
        if (typeof value !== 'object' || value === null) return value;
        try {
          return goesOnAside(plan, this, state, value);
        } catch {
          // No stack left for that.
          return value;
        }
      }
      const call = new Call(plan, this, args);
      let threw = false;
      let isPlaced = false;
      let broken: unknown = nothing;
      try {
        call.begin(found);
      } catch {
        // No stack left for telemetry.
      }
      try {
        holder[key] = call.inside ?? found;
        isPlaced = true;
      } catch (error) {
        // It takes nothing: somebody has frozen it.
        broken = error;
      }
      try {
        value = Reflect.apply(original, this, args);
      } catch (error) {
        threw = true;
        value = error;
      }
      try {
        if (isPlaced) holder[key] = found;
        if (broken !== nothing) adviceFailed(plan.site, broken);
        if (!threw) return returned(call, value, isFresh);
        failed(call, value);
      } catch {
        call.threw = threw;
        call.value = value;
        call.next = late.last;
        late.last = call;
        if (!threw) return value;
      }
      throw value;
    },
  }.run;
}

/**
 * There is nothing to tell of the call, but what goes on after it goes on inside what the advice opened. A promise is left
 * alone: what waits for it knows where. Throws where there is no stack for that.
 */
export function goesOnAside(plan: CallPlan, self: unknown, state: unknown, value: object): unknown {
  if (isPromise(value)) return value;
  const call = new Call(plan, self, []);
  call.beginAside(state);
  return settle(call, value, false);
}
