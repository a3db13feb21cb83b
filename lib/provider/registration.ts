/**
 * Makes the providers those of the whole process, so that spans of other instrumentations and hand-made ones take the
 * same road; and takes exactly that back. Where another SDK holds a place already, nothing is changed and a fault says so.
 */
import { context, metrics, propagation, type TextMapPropagator, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import type { LoggerProvider } from '@opentelemetry/sdk-logs';
import type { MeterProvider } from '@opentelemetry/sdk-metrics';
import type { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { settingFault } from '../faults/setting-fault.js';
import { Surroundings } from '../recorder/surroundings.js';
import { contextPlace, placesOfApi } from './context-place.js';

export interface Providers {
  readonly tracer: NodeTracerProvider;
  readonly meter: MeterProvider;
  readonly logger: LoggerProvider;
  readonly propagator: TextMapPropagator;
}

export interface Registered {
  /** Where the active Context is kept while it is registered. */
  readonly surroundings: Surroundings;
  /** Leaves the places that were taken. */
  undo(): void;
}

/** A place of the API, as long as nobody else has it. */
interface Place {
  readonly signal: string;
  readonly slot?: string;
  take(): boolean;
  leave(): void;
}

/** Registers all of it, or throws and registers nothing. */
export function register({ tracer, meter, logger, propagator }: Providers): Registered {
  const contextManager = new AsyncLocalStorageContextManager().enable();
  return taken(contextManager, [
    {
      signal: 'traces',
      slot: 'trace',
      take: () => trace.setGlobalTracerProvider(tracer),
      leave: () => trace.disable(),
    },
    ...passingOn(contextManager, propagator),
    {
      signal: 'metrics',
      slot: 'metrics',
      take: () => metrics.setGlobalMeterProvider(meter),
      leave: () => metrics.disable(),
    },
    { signal: 'logs', take: () => logs.setGlobalLoggerProvider(logger) === logger, leave: () => logs.disable() },
  ]);
}

/** What passes trace context on, without anything that records (specification, `OTEL_SDK_DISABLED`). */
export function registerPropagation(propagator: Providers['propagator']): Registered {
  const contextManager = new AsyncLocalStorageContextManager().enable();
  return taken(contextManager, passingOn(contextManager, propagator));
}

function passingOn(contextManager: AsyncLocalStorageContextManager, propagator: TextMapPropagator): readonly Place[] {
  return [
    {
      signal: 'context',
      slot: 'context',
      take: () => context.setGlobalContextManager(contextManager),
      leave: () => context.disable(),
    },
    {
      signal: 'propagation',
      slot: 'propagation',
      take: () => propagation.setGlobalPropagator(propagator),
      leave: () => propagation.disable(),
    },
  ];
}

/** Takes all of the places, or throws and takes none. */
function taken(contextManager: AsyncLocalStorageContextManager, places: readonly Place[]): Registered {
  const leaving: (() => void)[] = [];
  const undo = (): void => {
    for (const leave of leaving.splice(0).reverse()) leave();
  };
  for (const { signal, slot, take, leave } of places) {
    if (!take()) {
      const version = slot === undefined ? undefined : versionBefore(slot);
      undo();
      if (version !== undefined) throw settingFault('SPANDREL_API_VERSION', '', { version });
      throw settingFault('SPANDREL_ALREADY_REGISTERED', '', { signal });
    }
    leaving.push(leave);
  }
  return { surroundings: new Surroundings(contextPlace(contextManager)), undo };
}

/**
 * The version of the API that was used before ours, where that is why a free place can't be taken: the API lets nobody
 * register who is not of exactly the version that was first.
 */
function versionBefore(slot: string): string | undefined {
  const used = placesOfApi();
  return used !== undefined && used[slot] === undefined ? String(used['version']) : undefined;
}
