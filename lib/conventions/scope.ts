/**
 * The instrumentation scope under which this library makes spans, metrics and logs (OpenTelemetry, instrumentation
 * scope). A test holds the version equal to the package's.
 */
export const scope = Object.freeze({ name: 'spandrel', version: '0.1.0' });
