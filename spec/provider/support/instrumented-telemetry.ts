/**
 * What a program loads before everything else, to have its HTTP server and clients seen: telemetry with OpenTelemetry's
 * instrumentations, sent to the receiver of the spec.
 */
import { context } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { bootstrap, type Telemetry } from 'spandrel';

/** What the exporters ask for is not measured either. */
const http = new HttpInstrumentation({ ignoreOutgoingRequestHook: () => isTracingSuppressed(context.active()) });

const telemetry = bootstrap({
  service: 'shop',
  export: { protocol: 'http/json', endpoint: process.env['RECEIVER'] ?? '' },
  batch: { size: 2 },
  instrumentations: [http, new UndiciInstrumentation()],
});

/** For the program, which ends it. */
(globalThis as { telemetry?: Telemetry }).telemetry = telemetry;
