// What both programs start telemetry with: everything is kept, and each trace goes to the Collector that its id chooses.

import { bootstrap, type Telemetry } from 'spandrel';

/** The same in every program, in any order: that is what makes the spans of one trace meet. */
const COLLECTORS = (process.env.COLLECTORS ?? 'http://127.0.0.1:4318,http://127.0.0.1:5318').split(',');

export function startTelemetry(service: string): Telemetry {
  return bootstrap({ service, export: { endpoints: COLLECTORS, compression: 'gzip' } });
}
