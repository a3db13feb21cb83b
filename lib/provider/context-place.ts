/**
 * Where the context manager we register keeps the active Context, so that it can be reached without it. The manager and Node
 * keep that to themselves, so each thing is looked at before it is used; where one is not as expected, a slower way remains.
 */
import { AsyncLocalStorage, executionAsyncResource } from 'node:async_hooks';
import { type Context, context, ROOT_CONTEXT } from '@opentelemetry/api';
import type { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import type { ContextPlace, KeptOnResource } from '../recorder/surroundings.js';

/** `undefined` where the manager's storage can't be had: then the API is to be asked. */
export function contextPlace(manager: AsyncLocalStorageContextManager): ContextPlace | undefined {
  const { _asyncLocalStorage: storage } = manager as unknown as { _asyncLocalStorage?: unknown };
  const places = placesOfApi();
  if (!(storage instanceof AsyncLocalStorage) || places === undefined) return undefined;
  const { with: within } = context;
  return {
    storage: storage as AsyncLocalStorage<Context>,
    // At each use: another manager may have been registered, or another `with` put on the API.
    holds: () => places['context'] === manager && context.with === within,
    kept: keptOnResource(storage),
    executing: executionAsyncResource,
  };
}

/** `undefined` where this Node keeps it elsewhere, or the storage does not give what is put there. */
function keptOnResource(storage: AsyncLocalStorage<unknown>): KeptOnResource | undefined {
  const kept = storage as unknown as Partial<KeptOnResource>;
  const { kResourceStore } = kept;
  if (typeof kResourceStore !== 'symbol') return undefined;
  // The first run puts the storage in use.
  storage.run(ROOT_CONTEXT, () => undefined);
  const resource = executionAsyncResource() as Record<symbol, unknown>;
  const before = resource[kResourceStore];
  const probe = {};
  resource[kResourceStore] = probe;
  const isThere = kept.enabled === true && storage.getStore() === probe;
  resource[kResourceStore] = before;
  return isThere ? (kept as KeptOnResource) : undefined;
}

/** Who is registered with the API, by signal: it is one object in the process, for all copies of the API. */
export function placesOfApi(): Record<string, unknown> | undefined {
  return (globalThis as { [apiKey]?: Record<string, unknown> })[apiKey];
}

const apiKey = Symbol.for('opentelemetry.js.api.1');
