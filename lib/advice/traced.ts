/**
 * A span around each call: started before the user's code, active while it runs, ended when the call settles.
 */
import { type Attributes, type Context, context, type Link, SpanKind, trace } from '@opentelemetry/api';
import { ATTR_CODE_FUNCTION_NAME, ATTR_SPANDREL_ABANDONED } from '../conventions/attributes.js';
import { messageOf, report } from '../faults/report.js';
import { readerOf } from '../metadata/read-source.js';
import type { TracedRecord } from '../metadata/records/record.js';
import type { SpanKindName, TracedOptions } from '../metadata/records/traced-options.js';
import type { Recorder, Recording } from '../recorder/recorder.js';
import { isSuppressed, silence } from '../recorder/suppressed.js';
import type { Advice, AdvisedCall } from '../weaving/advice.js';
import type { CallSite } from '../weaving/call-site.js';
import { attributesReader } from './attributes.js';
import { contextFrom, linksFrom } from './remote-context.js';
import { spanNameOf } from './span-name.js';

const kinds: Readonly<Record<SpanKindName, SpanKind>> = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

/** The advice for `@Traced` and `traced()`. */
export function tracedAdvice(site: CallSite, { options }: TracedRecord, recorder: Recorder): Advice<Recording> {
  const kind = kinds[options.kind ?? 'internal'];
  const nameOf = spanNameOf(site, options);
  const onEntry = attributesReader(options.attributes, site.name, 'entry');
  const onSettled = attributesReader(options.attributes, site.name, 'settled');
  const parentOf = parentReader(site.name, options.parent);
  const linksOf = linksReader(site.name, options.links);
  return {
    begin(call) {
      if (isSuppressedFor(call)) return silence;
      const attributes: Attributes = { [ATTR_CODE_FUNCTION_NAME]: site.name };
      onEntry(call, attributes);
      return recorder.start({
        name: nameOf(call),
        kind,
        attributes,
        parent: parentOf(call),
        links: linksOf(call),
        startedAt: call.startedAt,
      });
    },
    within(recording, attempt) {
      recording.activate(attempt);
    },
    settled(recording, call) {
      if (recording === silence) return;
      try {
        const attributes: Attributes = {};
        onSettled(call, attributes);
        if (call.abandoned) attributes[ATTR_SPANDREL_ABANDONED] = true;
        recording.set(attributes);
        if (call.outcome === 'error') recording.fail(call.error, call.endedAt as number);
      } finally {
        recording.end(call.endedAt as number);
      }
    },
    withdrawn(recording) {
      recording.discard();
    },
  };
}

/** Where the call runs, or where it was made. */
function isSuppressedFor({ origin }: AdvisedCall): boolean {
  return isSuppressed(context.active()) || (origin !== undefined && isSuppressed(origin as Context));
}

function parentReader(where: string, parent: TracedOptions['parent']): (call: AdvisedCall) => Context {
  const active = ({ origin }: AdvisedCall): Context => (origin as Context | undefined) ?? context.active();
  if (parent === undefined || parent === 'active') return active;
  // Only the trace is left behind; baggage, or tracing being suppressed, is not.
  const root = (call: AdvisedCall): Context => trace.deleteSpan(active(call));
  if (parent === 'root') return root;
  const read = readerOf(parent);
  return (call) => {
    try {
      const given = read(call);
      if (given === 'root') return root(call);
      return contextFrom(given, active(call)) ?? active(call);
    } catch (error) {
      report('SPANDREL_OPTION_FAILED', where, { what: 'parent', error: messageOf(error) });
      return active(call);
    }
  };
}

function linksReader(where: string, links: TracedOptions['links']): (call: AdvisedCall) => Link[] | undefined {
  if (links === undefined) return () => undefined;
  const read = readerOf(links);
  const failed = (error: unknown): void =>
    report('SPANDREL_OPTION_FAILED', where, { what: 'links', error: messageOf(error) });
  return (call) => {
    try {
      return linksFrom(read(call), failed);
    } catch (error) {
      failed(error);
      return undefined;
    }
  };
}
