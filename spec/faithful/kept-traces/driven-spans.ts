/**
 * Spans that start and end as a script says: annotated calls and spans made by hand, in one another, by Context or by headers, with
 * what happened written down in the order it did.
 */
import { type Context, context, propagation, ROOT_CONTEXT, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import { Observable } from 'rxjs';
import { call, Traced } from 'spandrel';

/** Headers of a trace that began elsewhere. */
export interface Carrier {
  readonly traceparent: string;
  readonly tracestate?: string;
}

export interface Driven {
  readonly key: number;
  readonly make: 'woven' | 'sdk';
  readonly span: Span;
  readonly within: Context;
  readonly isRecorded: boolean;
  ended: boolean;
  readonly end: (how: Ending) => void;
}

export type Ending = 'well' | 'failed' | 'slow' | 'marked';

/** How a span finds what is above it. */
export type From =
  | { readonly by: 'nothing' }
  | { readonly by: 'context'; readonly above: Driven }
  /** The headers are of `above`, or of a trace that began elsewhere. */
  | { readonly by: 'headers'; readonly above: Driven | undefined; readonly headers: Carrier };

export type Happened =
  | { readonly what: 'start'; readonly driven: Driven; readonly from: From }
  | { readonly what: 'end'; readonly driven: Driven; readonly how: Ending }
  | { readonly what: 'look'; readonly driven: Driven }
  | { readonly what: 'flush' | 'stop' };

type Done = (error?: unknown) => void;

class Calls {
  @Traced({ name: 'held', attributes: { key: call.arg(0) }, callback: 'last' })
  held(_key: number, begun: (end: Done) => void, done: Done): void {
    begun(done);
  }

  @Traced({ name: 'arrived', parent: call.arg(0), attributes: { key: call.arg(1) }, callback: 'last' })
  arrived(_headers: object, _key: number, begun: (end: Done) => void, done: Done): void {
    begun(done);
  }

  /** What nobody subscribes to was no call. */
  @Traced('taken back')
  takenBack(): Observable<number> {
    return new Observable();
  }

  @Traced('never iterated')
  *neverIterated(): Generator<number> {
    yield 1;
  }
}

const calls = new Calls();

export class DrivenSpans {
  readonly happened: Happened[] = [];
  readonly all: Driven[] = [];

  start(make: Driven['make'], from: From): Driven {
    const driven = make === 'sdk' ? this.#byHand(from) : this.#woven(from);
    this.all.push(driven);
    this.happened.push({ what: 'start', driven, from });
    return driven;
  }

  /** What would be sent on from a span. */
  headersOf(above: Driven): From {
    const headers: Record<string, string> = {};
    propagation.inject(above.within, headers);
    return { by: 'headers', above, headers: headers as unknown as Carrier };
  }

  end(driven: Driven, how: Ending): void {
    driven.ended = true;
    driven.end(how);
    this.happened.push({ what: 'end', driven, how });
  }

  look(driven: Driven): void {
    driven.span.spanContext();
    this.happened.push({ what: 'look', driven });
  }

  /** Calls that turn out to be none. */
  passBy(within: Context): void {
    context.with(within, () => {
      calls.takenBack();
      calls.neverIterated();
    });
  }

  #byHand(from: From): Driven {
    const parent = contextOf(from);
    const key = this.all.length;
    const span = trace.getTracer('driven').startSpan('by hand', { attributes: { key } }, parent);
    const end = (how: Ending): void => {
      if (how === 'failed') span.setStatus({ code: SpanStatusCode.ERROR });
      if (how === 'marked') span.setAttribute('marked', true);
      if (how === 'slow') return span.end(Date.now() + 20_000);
      span.end();
    };
    const within = trace.setSpan(parent, span);
    return { key, make: 'sdk', span, within, isRecorded: span.isRecording(), ended: false, end };
  }

  #woven(from: From): Driven {
    const key = this.all.length;
    const found: { driven?: Driven } = {};
    const begun = (done: Done): void => {
      const span = trace.getActiveSpan() as Span;
      const end = (how: Ending): void => {
        if (how === 'marked') span.setAttribute('marked', true);
        done(how === 'failed' ? new RangeError('its own') : undefined);
      };
      const within = context.active();
      found.driven = { key, make: 'woven', span, within, isRecorded: span.isRecording(), ended: false, end };
    };
    if (from.by === 'headers') calls.arrived(from.headers, key, begun, () => undefined);
    else context.with(contextOf(from), () => calls.held(key, begun, () => undefined));
    return found.driven as Driven;
  }
}

function contextOf(from: From): Context {
  switch (from.by) {
    case 'nothing':
      return ROOT_CONTEXT;
    case 'context':
      return from.above.within;
    case 'headers':
      return propagation.extract(ROOT_CONTEXT, from.headers);
  }
}
