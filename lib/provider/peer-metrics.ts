/**
 * Metrics of the machine and of the runtime, by packages of OpenTelemetry that the user installs: told to our meter provider
 * as instrumentations tell.
 */
import type { MeterProvider } from '@opentelemetry/api';
import { loadPeer } from './peers.js';
import type { InstrumentationPlugin, MetricsSettings } from './settings/settings.js';

interface HostModule {
  readonly HostMetrics: new (config: { readonly meterProvider: MeterProvider }) => { start(): void };
}

interface RuntimeModule {
  readonly RuntimeNodeInstrumentation: new (config: { readonly enabled: boolean }) => InstrumentationPlugin;
}

const hostPackage = '@opentelemetry/host-metrics';
const runtimePackage = '@opentelemetry/instrumentation-runtime-node';

/** Those that are asked for. Throws a `SpandrelFault` where the package of one is not there. */
export function peerMetrics({ host, runtime }: Pick<MetricsSettings, 'host' | 'runtime'>): InstrumentationPlugin[] {
  return [
    ...(host === true ? [hostMetrics(loadPeer<HostModule>(hostPackage, 'metrics.host'))] : []),
    ...(runtime === true ? [runtimeMetrics(loadPeer<RuntimeModule>(runtimePackage, 'metrics.runtime'))] : []),
  ];
}

/** It observes only while it is collected, and is collected by our provider alone: there is nothing to switch off. */
function hostMetrics({ HostMetrics }: HostModule): InstrumentationPlugin {
  return {
    instrumentationName: hostPackage,
    setMeterProvider: (meterProvider) => new HostMetrics({ meterProvider }).start(),
    setTracerProvider: () => undefined,
    enable: () => undefined,
    disable: () => undefined,
  };
}

/** Not enabled by its making: it would begin with the meter of whoever is registered then. */
function runtimeMetrics({ RuntimeNodeInstrumentation }: RuntimeModule): InstrumentationPlugin {
  return new RuntimeNodeInstrumentation({ enabled: false });
}
