/**
 * Who is telling, how a trace goes on elsewhere, whether anything is told at all, and how loudly.
 */
import { context, DiagLogLevel, diag, propagation, ROOT_CONTEXT, TraceFlags, trace } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import type { Settings } from 'spandrel';
import { runProgram } from '../../lifecycle/run-program.js';
import { OtlpReceiver } from '../../support/otlp-receiver.js';
import { Kept } from './kept.js';
import { Mill, type Row, ran, type Variables } from './row.js';

/** The resource that spans go out with. */
async function resource(variables: Variables, settings: Settings = {}): Promise<Readonly<Record<string, unknown>>> {
  const kept = new Kept<ReadableSpan>();
  await ran(variables, { ...settings, export: { protocol: 'none', spanExporters: [kept] } });
  return kept.records[0]?.resource.attributes ?? {};
}

/** The headers that a trace goes on with. */
async function headers(variables: Variables, settings: Settings = {}): Promise<string[]> {
  const written: Record<string, string> = {};
  const baggage = propagation.createBaggage({ team: { value: 'red' } });
  await ran(variables, { ...settings, export: { protocol: 'none' } }, () =>
    context.with(propagation.setBaggage(ROOT_CONTEXT, baggage), () =>
      new Mill().turn(() => propagation.inject(context.active(), written)),
    ),
  );
  return Object.keys(written).sort();
}

/** Where a variable that can't be read is told of: by a warning of the process, or to a logger that the program registered. */
async function toldTo(level: string, registered: 'no logger' | 'a logger'): Promise<string[]> {
  const told = new Set<string>();
  const hear = (to: string) => (sentence: unknown) => {
    if (String(sentence).includes('SPANDREL_ENVIRONMENT_IGNORED')) told.add(to);
  };
  const warnings = jest.spyOn(process, 'emitWarning').mockImplementation(hear('the process') as () => void);
  const ignore = () => undefined;
  const logger = { error: ignore, warn: hear('the logger'), info: ignore, debug: ignore, verbose: ignore };
  if (registered === 'a logger') diag.setLogger(logger, DiagLogLevel.ALL);
  try {
    await ran({ OTEL_LOG_LEVEL: level, OTEL_BSP_SCHEDULE_DELAY: 'soon' }, { export: { protocol: 'none' } });
  } finally {
    if (registered === 'a logger') diag.disable();
    warnings.mockRestore();
  }
  return [...told];
}

/** What a program in which a source and an export fail writes on its console: the one is a warning, the other an error. */
async function onConsole(level: string): Promise<(string | undefined)[]> {
  const receiver = await OtlpReceiver.start();
  receiver.answer = 400;
  try {
    const { stderr } = await runProgram('diagnostics-program.ts', {
      arguments: [receiver.endpoint, 'none', 'broken'],
      environment: { OTEL_LOG_LEVEL: level },
    });
    return [...stderr.matchAll(/SPANDREL_(\w+)_FAILED:/g)].map(([, what]) => what);
  } finally {
    await receiver.stop();
  }
}

export const generalRows = {
  OTEL_SDK_DISABLED: {
    means: 'nothing is recorded, and trace context passed on all the same; no setting in code has a say in it',
    async run() {
      const state = async (value: string) => {
        const kept = new Kept<ReadableSpan>();
        const settings = { export: { protocol: 'none' as const, spanExporters: [kept] } };
        const health = await ran({ OTEL_SDK_DISABLED: value }, settings, () => {
          const parent = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: TraceFlags.SAMPLED };
          const written: Record<string, string> = {};
          context.with(trace.setSpanContext(ROOT_CONTEXT, parent), () =>
            new Mill().turn(() => propagation.inject(context.active(), written)),
          );
          expect(written['traceparent']).toContain('a'.repeat(32));
        });
        return [health.state, kept.records.length];
      };
      expect(await state('True')).toEqual(['disabled', 0]);
      expect(await state('false')).toEqual(['running', 1]);
      expect(await state('')).toEqual(['running', 1]);
    },
  },
  OTEL_LOG_LEVEL: {
    means: 'how loudly what goes wrong is told on the console; a logger that the program registered is the stronger',
    async run() {
      expect(await toldTo('', 'no logger')).toEqual(['the process']);
      expect(await toldTo('None', 'no logger')).toEqual([]);
      expect(await toldTo('error', 'a logger')).toEqual(['the logger']);
      expect(await onConsole('Error')).toEqual(['EXPORT']);
      expect(await onConsole('WARN')).toEqual(['SOURCE', 'EXPORT']);
    },
  },
  OTEL_SERVICE_NAME: {
    means: "the service's name",
    async run() {
      const set = { OTEL_SERVICE_NAME: 'shop', OTEL_RESOURCE_ATTRIBUTES: 'service.name=weaker' };
      expect(await resource(set)).toMatchObject({ 'service.name': 'shop' });
      expect(await resource(set, { service: 'in code' })).toMatchObject({ 'service.name': 'in code' });
      expect(await resource({})).toMatchObject({ 'service.name': 'unknown_service:node' });
    },
  },
  OTEL_RESOURCE_ATTRIBUTES: {
    means: 'attributes of the resource',
    async run() {
      const set = { OTEL_RESOURCE_ATTRIBUTES: 'team=red%20one,service.version=9,service.name=shop' };
      const given = { team: 'red one', 'service.version': '9', 'service.name': 'shop' };
      expect(await resource(set)).toMatchObject(given);
      expect(await resource(set, { service: { version: '10' } })).toMatchObject({ ...given, 'service.version': '10' });
      expect(await resource({})).not.toHaveProperty('team');
    },
  },
  OTEL_NODE_RESOURCE_DETECTORS: {
    means: 'what else finds out about the process',
    async run() {
      const found = async (value: string, settings: Settings = {}) => {
        const attributes = await resource({ OTEL_NODE_RESOURCE_DETECTORS: value }, settings);
        return ['host.name', 'os.type', 'process.command_args'].filter((name) => name in attributes);
      };
      expect(await found('')).toEqual([]);
      expect(await found('Host, os')).toEqual(['host.name', 'os.type']);
      expect(await found('all')).toEqual(['host.name', 'os.type', 'process.command_args']);
      expect(await found('host,none')).toEqual([]);
      expect(await found('host', { detectors: ['os'] })).toEqual(['os.type']);
      expect(await found('host', { detectors: [] })).toEqual([]);
    },
  },
  OTEL_PROPAGATORS: {
    means: 'how a trace goes on in another process',
    async run() {
      const b3multi = ['x-b3-sampled', 'x-b3-spanid', 'x-b3-traceid'];
      const set = (value: string) => ({ OTEL_PROPAGATORS: value });
      expect(await headers({})).toEqual(['baggage', 'traceparent']);
      expect(await headers(set('tracecontext'))).toEqual(['traceparent']);
      expect(await headers(set('baggage'))).toEqual(['baggage']);
      expect(await headers(set('B3'))).toEqual(['b3']);
      expect(await headers(set('b3Multi'))).toEqual(b3multi);
      expect(await headers(set('jaeger'))).toEqual(['uber-trace-id', 'uberctx-team']);
      expect(await headers(set('tracecontext, b3'))).toEqual(['b3', 'traceparent']);
      expect(await headers(set('none'))).toEqual([]);
      expect(await headers(set('b3'), { propagators: ['tracecontext'] })).toEqual(['traceparent']);
    },
  },
} satisfies Record<string, Row>;
