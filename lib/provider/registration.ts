/**
 * Makes the providers those of the whole process, so that spans of other instrumentations and hand-made ones take the
 * same road; and takes exactly that back. Where another SDK holds a place already, nothing is changed and a fault says so.
 */
import { context, metrics, propagation, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import type { LoggerProvider } from '@opentelemetry/sdk-logs';
import type { MeterProvider } from '@opentelemetry/sdk-metrics';
import type { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { SpandrelFault } from '../faults/fault.js';

export interface Providers {
  readonly tracer: NodeTracerProvider;
  readonly meter: MeterProvider;
  readonly logger: LoggerProvider;
}

/** Registers all of it, or throws and registers nothing. What comes back undoes it. */
export function register({ tracer, meter, logger }: Providers): () => void {
  const contextManager = new AsyncLocalStorageContextManager().enable();
  const propagator = new CompositePropagator({
    propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()],
  });
  const places: readonly { signal: string; take(): boolean; leave(): void }[] = [
    { signal: 'traces', take: () => trace.setGlobalTracerProvider(tracer), leave: () => trace.disable() },
    { signal: 'context', take: () => context.setGlobalContextManager(contextManager), leave: () => context.disable() },
    {
      signal: 'propagation',
      take: () => propagation.setGlobalPropagator(propagator),
      leave: () => propagation.disable(),
    },
    { signal: 'metrics', take: () => metrics.setGlobalMeterProvider(meter), leave: () => metrics.disable() },
    { signal: 'logs', take: () => logs.setGlobalLoggerProvider(logger) === logger, leave: () => logs.disable() },
  ];
  const taken: (() => void)[] = [];
  const undo = (): void => {
    for (const leave of taken.splice(0).reverse()) leave();
  };
  for (const { signal, take, leave } of places) {
    if (!take()) {
      undo();
      throw new SpandrelFault('SPANDREL_ALREADY_REGISTERED', '', { signal });
    }
    taken.push(leave);
  }
  return undo;
}
