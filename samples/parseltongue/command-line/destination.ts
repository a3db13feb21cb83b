// Where the sample's telemetry goes: drawn in the terminal, or to an OTLP receiver if one is named on the command line or
// in the environment.

import type { Settings } from 'spandrel';
import type { Arguments } from './arguments.js';
import type { Terminal } from './terminal.js';

const SERVICE = { name: 'parseltongue', version: '0.1.0' };
/** One collection, when all is done: a table in the middle of the run would say less. */
const AT_THE_END = 86_400_000;
/** Of what failed all is kept. */
const USUAL_SHARE = 0.1;
const ENDPOINTS = ['', '_TRACES', '_METRICS', '_LOGS'].map(signal => `OTEL_EXPORTER_OTLP${signal}_ENDPOINT`);

function isSentAway({ otlp }: Arguments, environment: NodeJS.ProcessEnv): boolean {
  return otlp !== undefined || ENDPOINTS.some(name => environment[name]);
}

export function settingsFor(given: Arguments, environment: NodeJS.ProcessEnv, terminal: Terminal): Settings {
  if (isSentAway(given, environment)) {
    return {
      service: SERVICE,
      export: { protocol: 'http/json', endpoint: given.otlp },
      sampling: { success: given.keep ?? USUAL_SHARE },
    };
  }
  return {
    service: SERVICE,
    sampling: { success: given.keep ?? 1 },
    export: { protocol: 'console', console: { stream: terminal, traces: given.traces, attributes: given.attributes } },
    metrics: { intervalMs: AT_THE_END },
  };
}

/** The same pipeline, drawing on nothing: for measuring what a call costs. */
export function silentSettings(): Settings {
  return {
    service: SERVICE,
    export: { protocol: 'console', console: { stream: { write: () => true }, traces: 1 } },
    metrics: { intervalMs: AT_THE_END },
  };
}
