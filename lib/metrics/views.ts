/**
 * Which instruments a view may select (OpenTelemetry metrics SDK, views). Those of ours are left to the SDK, which knows what a
 * view makes of them; so this may say yes too often, at the price of speed, and never too seldom.
 */
import type { InstrumentType } from '@opentelemetry/sdk-metrics';
import { scope } from '../conventions/scope.js';
import type { MetricDefinition } from './definition.js';

/** By what a view selects, of what the SDK's `ViewOptions` have. A schema is left out: our scope has none, and the SDK lets any pass then; of others too, so that this says yes. */
export interface ViewSelector {
  readonly instrumentName?: string | undefined;
  readonly instrumentType?: InstrumentType | undefined;
  readonly instrumentUnit?: string | undefined;
  readonly meterName?: string | undefined;
  readonly meterVersion?: string | undefined;
}

export type Selects = (definition: MetricDefinition, type: InstrumentType) => boolean;

/** Whether any of the views may select an instrument of a meter: of ours, unless it is another one. */
export function selectedBy(
  views: readonly ViewSelector[],
  { name: meter, version }: { readonly name: string; readonly version: string } = scope,
): Selects {
  const ofMeter = views.filter(({ meterName, meterVersion }) => is(meterName, meter) && is(meterVersion, version));
  return ({ name, unit = '' }, type) =>
    ofMeter.some(
      (view) =>
        is(view.instrumentType, type) && is(view.instrumentUnit, unit) && mayBeNamed(view.instrumentName ?? '*', name),
    );
}

/** What is left out selects all. */
function is<T>(asked: T | null | undefined, here: T): boolean {
  return asked === undefined || asked === null || asked === here;
}

/** The SDK has its own ways with a second wildcard: what comes before the first has to be the same in any. */
function mayBeNamed(pattern: string, name: string): boolean {
  const [start = '', ...others] = pattern.split('*');
  return others.length === 0 ? pattern === name : name.startsWith(start);
}
