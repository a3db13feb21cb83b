/**
 * OpenTelemetry's own provider with nothing behind it, for packages that expect the application to have registered one.
 */
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

export function plainProvider() {
  new NodeTracerProvider().register();
}
