/**
 * A span around each call: started before the user's code, active while it runs, ended when the call settles.
 */
import { type Attributes, type Context, type Link, SpanKind, trace } from '@opentelemetry/api';
import { ATTR_CODE_FUNCTION_NAME, ATTR_SPANDREL_ABANDONED } from '../conventions/attributes.js';
import { cutText } from '../conventions/bounded-text.js';
import { messageOf, report } from '../faults/report.js';
import { readerOf } from '../metadata/read-source.js';
import type { TracedRecord } from '../metadata/records/record.js';
import type { SpanKindName, TracedOptions } from '../metadata/records/traced-options.js';
import type { Recorder, Recording, SiteRecorder } from '../recorder/recorder.js';
import { isSuppressed, silence } from '../recorder/suppressed.js';
import type { Advice, AdvisedCall } from '../weaving/advice.js';
import type { Work } from '../weaving/attempt.js';
import type { CallSite } from '../weaving/call-site.js';
import { type AttributeReader, attributeParts } from './attributes.js';
import { lengthsInForce } from './lengths-in-force.js';
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
export function tracedAdvice(site: CallSite, record: TracedRecord, recorder: Recorder): Advice<Recording> {
  return new TracedAdvice(site, record, recorder);
}

/** A class, so that all sites run the same code and the compiler can see through it: a tenth of a call was measured. */
class TracedAdvice implements Advice<Recording> {
  readonly standing: Recorder['standing'];
  readonly #recorder: Recorder;
  readonly #spans: SiteRecorder;
  readonly #name: string | ((call: AdvisedCall) => string);
  readonly #fixed: Attributes;
  readonly #known: readonly AttributeReader[];
  readonly #later: readonly AttributeReader[];
  readonly #parentOf: ((call: AdvisedCall, active: Context) => Context) | undefined;
  readonly #linksOf: ((call: AdvisedCall) => Link[]) | undefined;

  constructor(site: CallSite, { options }: TracedRecord, recorder: Recorder) {
    const longest = lengthsInForce.span;
    const known = attributeParts(options.attributes, site.name, 'entry', longest);
    this.standing = recorder.standing;
    this.#recorder = recorder;
    this.#fixed = Object.freeze({ [ATTR_CODE_FUNCTION_NAME]: cutText(site.name, longest), ...known.fixed });
    this.#known = known.readers;
    this.#later = attributeParts(options.attributes, site.name, 'settled', longest).readers;
    this.#name = spanNameOf(site, options);
    this.#parentOf = parentReader(site.name, options.parent);
    this.#linksOf = linksReader(site.name, options.links);
    this.#spans = recorder.at({
      kind: kinds[options.kind ?? 'internal'],
      attributes: this.#fixed,
      more: known.readers.map(({ name }) => name),
      longest,
    });
  }

  aside(found: unknown): Recording | undefined {
    const active = (found as Context | undefined) ?? this.#recorder.active();
    return this.#parentOf === undefined ? this.#spans.unheld(active) : this.#spans.refused(active);
  }

  begin(call: AdvisedCall, found: unknown): Recording {
    const active = (found as Context | undefined) ?? this.#recorder.active();
    if (isSuppressed(active)) return silence;
    let parent = active;
    const { origin } = call;
    if (origin !== undefined) {
      parent = origin as Context;
      if (isSuppressed(parent)) return silence;
    }
    if (this.#parentOf !== undefined) parent = this.#parentOf(call, parent);
    const known = this.#known;
    const attributes = known.length === 0 ? undefined : readInto({ ...this.#fixed }, known, call);
    const name = this.#name;
    const text = typeof name === 'string' ? name : name(call);
    return this.#spans.start(text, parent, call.startedAt, attributes, this.#linksOf?.(call));
  }

  inside(recording: Recording): Context | undefined {
    return recording.context;
  }

  within(recording: Recording, work: Work): void {
    recording.activate(work);
  }

  lasts(recording: Recording): void {
    recording.lasts();
  }

  settled(recording: Recording, call: AdvisedCall): void {
    const endedAt = call.endedAt as number;
    // One that the program has ended itself is told so by its span.
    if (!recording.isRecording()) return recording.finish(endedAt);
    if (this.#later.length === 0 && call.outcome === 'success' && !call.abandoned) return recording.finish(endedAt);
    try {
      if (this.#later.length > 0) recording.set(readInto({}, this.#later, call));
      if (call.abandoned) recording.set({ [ATTR_SPANDREL_ABANDONED]: true });
      if (call.outcome === 'error') recording.fail(call.error, endedAt);
    } finally {
      recording.finish(endedAt);
    }
  }

  withdrawn(recording: Recording): void {
    recording.discard();
  }
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
