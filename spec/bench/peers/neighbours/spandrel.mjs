/**
 * This project, from its working tree (`../build.mjs` puts it there).
 */
import { bootstrap, call, Traced } from '../.cache/spandrel.mjs';

const delivered = new Set();

const exporter = {
  export(spans, done) {
    for (const span of spans) delivered.add(span);
    done({ code: 0 });
  },
  shutdown: async () => {},
};

/** Woven spans are not the SDK's. It tells the SDK's spans, too: those are seen at the tracer. */
let listener;
const woven = (span) => span.constructor.name === 'WovenSpan';
const processor = {
  onStart: (span) => (woven(span) ? listener?.onStart(span) : undefined),
  onEnd: (span) => (woven(span) ? listener?.onEnd(span) : undefined),
  forceFlush: async () => {},
  shutdown: async () => {},
};

let telemetry;

export const neighbour = {
  title: 'Spandrel',
  annotatedBy: '`@Traced()`',
  package: 'spandrel',
  dialects: ['standard', 'legacy'],
  start() {
    telemetry = bootstrap({
      service: 'peers',
      export: { protocol: 'none', spanExporters: [exporter] },
      processors: [processor],
    });
  },
  tellsOfSpans(to) {
    listener = to;
  },
  flush: () => telemetry.flush(),
  /** The call that gives an observable is taken back: its span is ended, and sent nowhere. */
  sent: (span) => delivered.has(span),
  lacks: {},
};

const failing = (source) =>
  source.map(() => {
    throw new Error('the function failed');
  });

export const annotated = Traced();

export const annotatedClass = Traced({ inherited: true });

export const awaitsCallback = Traced({ callback: 'last' });

export const readsArguments = Traced({ attributes: { given: failing(call.arg(0)) } });

export const readsResult = Traced({ attributes: { result: failing(call.result()) } });
