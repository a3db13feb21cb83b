/**
 * Samplers set by the specification's variables, for the tests of a block.
 */
import { type Context, ROOT_CONTEXT, TraceFlags, trace } from '@opentelemetry/api';

/** Sets the variables before each test of the block, and puts the environment back. */
export function sampledBy(sampler: string, arg = ''): void {
  const { env } = process;
  beforeEach(() => {
    process.env = { ...env, OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: arg };
  });
  afterEach(() => {
    process.env = env;
  });
}

/** A Context with a span of another service in it. */
export function under(traceFlags: TraceFlags): Context {
  const remote = { traceId: '0123456789abcdef0123456789abcdef', spanId: 'b'.repeat(16), traceFlags, isRemote: true };
  return trace.setSpanContext(ROOT_CONTEXT, remote);
}

/** From where the program is called, and how many traces begin there where a call wants to begin one. */
export interface CalledFrom {
  readonly parent: Context;
  readonly roots: number;
}

/** Ways to record nothing. */
export const samplersThatLeaveAlone: readonly (readonly [sampler: string, arg: string, place: string, CalledFrom])[] = [
  ['always_off', '', 'nowhere', { parent: ROOT_CONTEXT, roots: 0 }],
  ['always_off', '', 'sampled', { parent: under(TraceFlags.SAMPLED), roots: 0 }],
  ['parentbased_always_off', '', 'nowhere', { parent: ROOT_CONTEXT, roots: 0 }],
  ['parentbased_always_on', '', 'not sampled', { parent: under(TraceFlags.NONE), roots: 1 }],
  ['parentbased_traceidratio', '0', 'nowhere', { parent: ROOT_CONTEXT, roots: 0 }],
  ['parentbased_traceidratio', '1', 'not sampled', { parent: under(TraceFlags.NONE), roots: 1 }],
  ['traceidratio', '0', 'nowhere', { parent: ROOT_CONTEXT, roots: 0 }],
];
