/**
 * A program that holds many ended spans of one kind after the other, and says what the heap grew by for each, beside the
 * estimate: `node --expose-gc --import tsx spec/recorder/span-heap-program.ts`.
 */
import { type Context, ROOT_CONTEXT, type Span, SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { spanBytes } from '../../lib/recorder/span-bytes.js';
import { recorderOf } from '../support/recorder-of.js';

const count = 2_000;
let ended: ReadableSpan[] = [];
const keep = {
  hearsStart: false,
  hearsEnding: false,
  onStart: () => undefined,
  onEnding: () => undefined,
  onEnd: (span: ReadableSpan) => void ended.push(span),
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};
const site = recorderOf({ sink: keep }).at({ kind: 0, attributes: { 'code.function.name': 'A.b' }, more: [] });
const tracer = new NodeTracerProvider({ spanProcessors: [keep] }).getTracer('spec');

const begun = (parent: Context = ROOT_CONTEXT) => site.start('A.b', parent, performance.now(), undefined, undefined);

/** A woven span that has something done to it. */
function woven(work: (span: ReturnType<typeof begun> & Span) => void): void {
  const span = begun();
  work(span as ReturnType<typeof begun> & Span);
  span.finish(performance.now());
}

/** A text of its own: one put together of others would share them. */
const text = (length: number, letter: string): string => Buffer.from(letter.repeat(length)).toString();

const kinds: Record<string, (n: number) => void> = {
  'woven, nothing of its own': () => woven(() => undefined),
  'woven, five to a trace': () => {
    const root = begun();
    for (let child = 0; child < 4; child += 1) begun(root.context).finish(performance.now());
    root.finish(performance.now());
  },
  'woven, three attributes': (n) => woven((span) => span.set({ id: `user-${n * 7919}`, amount: n + 0.5, count: n })),
  'woven, ten attributes': (n) =>
    woven((span) =>
      span.set({
        a: `user-${n * 7919}`,
        b: n + 0.5,
        c: n,
        d: `/path/of/${n}/resource/${n}`,
        e: `GET ${n}`,
        f: true,
        g: [1, 2, n],
        h: [`x${n}`, `y${n}`],
        i: `a longer text of some sixty characters, as messages are: ${n}`,
        j: 'always the same',
      }),
    ),
  'woven, failed': (n) => woven((span) => span.fail(new Error(`no such thing: ${n}`), performance.now())),
  'woven, five events': (n) =>
    woven((span) => {
      for (let event = 0; event < 5; event += 1) span.addEvent('event', { place: `${n}, ${event}` });
    }),
  'woven, a list of a hundred': (n) =>
    woven((span) => span.set({ list: Array.from({ length: 100 }, (_, at) => at + n) })),
  'woven, a long text': () => woven((span) => span.set({ text: text(2_000, 'x') })),
  'woven, a long text of two bytes a character': () => woven((span) => span.set({ text: text(2_000, '漢') })),
  'SDK, nothing of its own': () => tracer.startSpan('a').end(),
  'SDK, a request': (n) =>
    tracer
      .startSpan('GET', {
        attributes: {
          'http.request.method': 'GET',
          'url.full': `http://localhost:3000/orders/${n}?page=${n}`,
          'server.address': 'localhost',
          'server.port': 3000,
          'http.response.status_code': 200,
          'network.peer.address': `10.0.0.${n % 256}`,
        },
      })
      .end(),
  'SDK, a link': (n) => {
    const context = { traceId: String(n).padStart(32, '1'), spanId: String(n).padStart(16, '1'), traceFlags: 1 };
    tracer.startSpan('a', { links: [{ context }] }).end();
  },
  'SDK, failed': (n) => {
    const span = tracer.startSpan('a');
    span.recordException(new Error(`no such thing: ${n}`));
    span.setStatus({ code: SpanStatusCode.ERROR, message: `${n}` });
    span.end();
  },
};

async function heapUsed(): Promise<number> {
  for (let turn = 0; turn < 2; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}

async function measure(): Promise<void> {
  for (const [kind, make] of Object.entries(kinds)) {
    for (let n = 0; n < 100; n += 1) make(n);
    ended = [];
    const before = await heapUsed();
    for (let n = 0; n < count; n += 1) make(n);
    const held = (await heapUsed()) - before;
    const estimate = ended.reduce((sum, span) => sum + spanBytes(span), 0);
    const each = (bytes: number): number => Math.round(bytes / ended.length);
    process.stdout.write(`${JSON.stringify({ kind, held: each(held), estimate: each(estimate) })}\n`);
  }
}

void measure();
