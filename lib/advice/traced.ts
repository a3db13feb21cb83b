/**
 * A span around each call: started before the user's code, active while it runs, ended when the call settles.
 */
import { type Attributes, type Context, type Link, SpanKind, trace } from '@opentelemetry/api';
import { ATTR_CODE_FUNCTION_NAME, ATTR_SPANDREL_ABANDONED } from '../conventions/attributes.js';
import { messageOf, report } from '../faults/report.js';
import { readerOf } from '../metadata/read-source.js';
import type { TracedRecord } from '../metadata/records/record.js';
import type { SpanKindName, TracedOptions } from '../metadata/records/traced-options.js';
import type { Recorder, Recording } from '../recorder/recorder.js';
import { isSuppressed, silence } from '../recorder/suppressed.js';
import type { Advice, AdvisedCall } from '../weaving/advice.js';
import type { CallSite } from '../weaving/call-site.js';
import { type AttributeReader, attributeParts } from './attributes.js';
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
  const known = attributeParts(options.attributes, site.name, 'entry');
  const fixed = Object.freeze({ [ATTR_CODE_FUNCTION_NAME]: site.name, ...known.fixed });
  const later = attributeParts(options.attributes, site.name, 'settled').readers;
  const more = known.readers.map(({ name }) => name);
  const spans = recorder.at({ kind: kinds[options.kind ?? 'internal'], attributes: fixed, more });
  const name = spanNameOf(site, options);
  const parentOf = parentReader(site.name, options.parent);
  const linksOf = linksReader(site.name, options.links);
  return {
    begin(call) {
      const active = recorder.active();
      if (isSuppressed(active)) return silence;
      let parent = active;
      if (call.origin !== undefined) {
        parent = call.origin as Context;
        if (isSuppressed(parent)) return silence;
      }
      const attributes = more.length === 0 ? undefined : readInto({ ...fixed }, known.readers, call);
      return spans.start(
        typeof name === 'string' ? name : name(call),
        parentOf === undefined ? parent : parentOf(call, parent),
        call.startedAt,
        attributes,
        linksOf?.(call),
      );
    },
    within(recording, attempt) {
      recording.activate(attempt);
    },
    settled(recording, call) {
      // One that the program has ended itself is told so by its span.
      if (!recording.isRecording()) return recording.finish(call.endedAt as number);
      try {
        if (later.length > 0) recording.set(readInto({}, later, call));
        if (call.abandoned) recording.set({ [ATTR_SPANDREL_ABANDONED]: true });
        if (call.outcome === 'error') recording.fail(call.error, call.endedAt as number);
      } finally {
        recording.finish(call.endedAt as number);
      }
    },
    withdrawn(recording) {
      recording.discard();
    },
  };
}

function readInto(attributes: Attributes, readers: readonly AttributeReader[], call: AdvisedCall): Attributes {
  for (const reader of readers) {
    const value = reader.read(call);
    if (value !== undefined) attributes[reader.name] = value;
  }
  return attributes;
}

/** What reads the parent of a call, given the one it would have; `undefined` where it is always that. */
function parentReader(
  where: string,
  parent: TracedOptions['parent'],
): ((call: AdvisedCall, active: Context) => Context) | undefined {
  if (parent === undefined || parent === 'active') return undefined;
  // Only the trace is left behind; baggage, or tracing being suppressed, is not.
  const root = (_: AdvisedCall, active: Context): Context => trace.deleteSpan(active);
  if (parent === 'root') return root;
  const read = readerOf(parent);
  return (call, active) => {
    try {
      const given = read(call);
      if (given === 'root') return root(call, active);
      return contextFrom(given, active) ?? active;
    } catch (error) {
      report('SPANDREL_OPTION_FAILED', where, { what: 'parent', error: messageOf(error) });
      return active;
    }
  };
}

/** What reads the links of a call; `undefined` where there are none to read. */
function linksReader(where: string, links: TracedOptions['links']): ((call: AdvisedCall) => Link[]) | undefined {
  if (links === undefined) return undefined;
  const read = readerOf(links);
  const failed = (error: unknown): void =>
    report('SPANDREL_OPTION_FAILED', where, { what: 'links', error: messageOf(error) });
  return (call) => {
    try {
      return linksFrom(read(call), failed);
    } catch (error) {
      failed(error);
      return [];
    }
  };
}
