/**
 * Sees every span of the process start and end, whoever makes it, and writes down when that was between the other things
 * that were noted. It stands at the SDK's tracer: a span is ended when `end()` is called on it. A package with spans of its own
 * tells of them as a span processor is told (`tellsOfSpans`).
 */
import { context, SpanStatusCode, trace } from '@opentelemetry/api';

/** The words of the status codes, as they stand in the table. */
const statusWord = {
  [SpanStatusCode.UNSET]: 'unset',
  [SpanStatusCode.OK]: 'OK',
  [SpanStatusCode.ERROR]: 'ERROR',
};

/** `sent` tells which of the ended spans reach an exporter, for a package that may drop one; without it, all do. */
export function watchSpans({ sent = () => true, tellsOfSpans = () => {} } = {}) {
  const notes = [];
  const spans = [];
  const note = (what) => void notes.push(what);

  const tracer = trace.getTracerProvider().getDelegate().getTracer('spandrel-bench');
  const prototype = Object.getPrototypeOf(tracer);
  const { startSpan } = prototype;
  prototype.startSpan = function (...given) {
    const span = startSpan.apply(this, given);
    const watched = { span, ends: 0, endedAt: undefined };
    spans.push(watched);
    note('span started');
    const { end } = span;
    span.end = (...at) => {
      watched.ends += 1;
      watched.endedAt ??= notes.length;
      note('span ended');
      return end.apply(span, at);
    };
    return span;
  };

  tellsOfSpans({
    onStart(span) {
      spans.push({ span, ends: 0, endedAt: undefined });
      note('span started');
    },
    onEnd(ended) {
      const watched = spans.find(({ span }) => span === ended);
      watched.ends += 1;
      watched.endedAt ??= notes.length;
      note('span ended');
    },
  });

  return {
    notes,
    note,
    /** Notes with whether one of the watched spans is the active one. */
    noteActive: (what) => note(`${what}: ${activeAmong(spans) ? 'inside' : 'outside'}`),
    get spans() {
      return spans.filter(({ span, ends }) => ends === 0 || sent(span)).map(told);
    },
  };
}

const activeAmong = (spans) => {
  const active = trace.getSpan(context.active());
  return active !== undefined && spans.some(({ span }) => span.spanContext().spanId === active.spanContext().spanId);
};

const told = ({ span, ends, endedAt }) => ({
  ended: ends > 0,
  ends,
  /** Its place among the notes. */
  endedAt,
  status: statusWord[span.status.code],
  exceptions: span.events.filter(({ name }) => name === 'exception').length,
  attributes: span.attributes,
});
