/**
 * `traced()`: for a plain function what `@Traced` is for a method.
 */
import { refuseContradictions } from './decorators/contradictions.js';
import { tracedOptions } from './decorators/traced.js';
import { SpandrelFault, shown } from './faults/fault.js';
import type { AnyFunction, Element } from './metadata/element.js';
import type { CallbackPlace, FunctionTracedOptions } from './metadata/records/function-traced-options.js';
import type { MethodTracedOptions } from './metadata/records/traced-options.js';
import { switchable } from './metadata/slot.js';

/**
 * The function with a span around each of its calls, while telemetry is on; it cannot be told from the one given.
 * The span is named after the function unless `options` say otherwise.
 *
 * @throws SpandrelFault for an unknown option, an impossible value, or a function without any name.
 */
export function traced<F extends AnyFunction, const Callback extends CallbackPlace = never>(
  options: FunctionTracedOptions<F, Callback>['name'] | FunctionTracedOptions<F, Callback>,
  fn: F,
): F {
  const checked = tracedOptions(options as MethodTracedOptions);
  if (typeof fn !== 'function') {
    throw new SpandrelFault('SPANDREL_BAD_OPTION', '', {
      annotation: 'traced()',
      option: 'fn',
      value: shown(fn),
      allowed: 'a function',
    });
  }
  const key = fn.name || (typeof checked.name === 'string' ? checked.name : '');
  if (key === '')
    throw new SpandrelFault('SPANDREL_NAMELESS', '', {
      subject: 'the function given to traced()',
      remedy: 'traced({ name: … }, fn)',
    });
  refuseContradictions({ word: 'traced()', where: key }, { ...checked }, 'function', fn);
  const element: Element = Object.freeze({ kind: 'function', key, static: false });
  const record = Object.freeze({ annotation: 'traced' as const, element, options: checked });
  return switchable(fn as unknown as AnyFunction, Object.freeze([record] as const)) as unknown as F;
}
