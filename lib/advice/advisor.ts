/**
 * Which advice applies where: one row an annotation. A new annotation is a record, a decorator, an advice, and a row
 * here.
 */
import { type Context, context, trace } from '@opentelemetry/api';
import type { AnnotationName, AnnotationRecord } from '../metadata/records/record.js';
import type { Instruments } from '../metrics/instruments.js';
import type { Recorder } from '../recorder/recorder.js';
import type { Advice, Advisor } from '../weaving/advice.js';
import type { CallSite } from '../weaving/call-site.js';
import type { Lasting } from '../weaving/lasting.js';
import { Gauges } from './gauged.js';
import { inFlightAdvice } from './in-flight.js';
import { measuredAdvice } from './measured.js';
import { tracedAdvice } from './traced.js';

/** What advice works with. */
export interface Equipment {
  readonly recorder: Recorder;
  readonly instruments: Instruments;
  readonly lasting: Lasting;
  /** Left out: `performance`. */
  readonly clock?: { now(): number } | undefined;
}

type MakeAdvice<R extends AnnotationRecord> = (
  site: CallSite,
  record: R,
  equipment: Equipment,
) => Advice<never> | undefined;

const advice: { readonly [N in AnnotationName]: MakeAdvice<Extract<AnnotationRecord, { annotation: N }>> } = {
  'in-flight': (site, record, { instruments }) => inFlightAdvice(site, record, instruments) as Advice<never>,
  counted: (site, record, { instruments }) => measuredAdvice(site, record, instruments) as Advice<never> | undefined,
  timed: (site, record, { instruments }) => measuredAdvice(site, record, instruments) as Advice<never> | undefined,
  traced: (site, record, { recorder }) => tracedAdvice(site, record, recorder) as Advice<never>,
  // These are not about calls: nothing stands in for the member on their account.
  untraced: () => undefined,
  gauged: () => undefined,
};

/** The order around a call, outermost first: the span is innermost, so that its time is the method's own. */
const order = Object.keys(advice) as AnnotationName[];

/** The advisor of one running telemetry. */
export function advisorFor(equipment: Equipment): Advisor {
  const gauges = new Gauges(equipment.instruments);
  return {
    adviceFor: (site) =>
      order.flatMap((name) =>
        site.records
          .filter((record) => record.annotation === name)
          .flatMap((record) => (advice[name] as MakeAdvice<AnnotationRecord>)(site, record, equipment) ?? []),
      ) as readonly Advice[],
    classWoven: (owner, sites) => gauges.observe(owner, sites),
    ambient: (earlier) => {
      const now = context.active();
      return earlier === undefined || trace.getSpan(now) !== undefined ? now : earlier;
    },
    resume: (ambient, attempt) => context.with(ambient as Context, attempt.run, attempt),
    lasting: equipment.lasting,
    clock: equipment.clock,
  };
}
