/** Another OpenTelemetry SDK, started before the program by `--import`. */
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

new NodeTracerProvider().register();
