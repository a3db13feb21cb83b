/**
 * Every way a declaration, a setting or our own code can be wrong, said once.
 *
 * `docs/reference/faults.md` has the same rows, and a test keeps the two equal. Nothing here throws: `fault.ts` throws the
 * declaration rows (`declaration-rows.ts`), `setting-fault.ts` the setting rows, and `report.ts` tells of the runtime rows.
 */

import { declarationRows } from './declaration-rows.js';
import type { FaultRow } from './fault-row.js';

const setting = (what: string, consequence: string, remedy: string): FaultRow =>
  Object.freeze({ kind: 'setting', what, consequence, remedy });
const runtime = (what: string, consequence: string, remedy: string): FaultRow =>
  Object.freeze({ kind: 'runtime', what, consequence, remedy });

export const catalogue = Object.freeze({
  ...declarationRows,
  SPANDREL_SETTING_UNKNOWN: setting(
    'the setting {setting} (= {value}) does not exist',
    'it would be ignored silently',
    'allowed here: {allowed}',
  ),
  SPANDREL_SETTING_INVALID: setting(
    'the setting {setting} = {value} is impossible',
    'telemetry cannot start with it',
    'allowed: {allowed}',
  ),
  SPANDREL_SETTING_NOT_BUILT: setting(
    'the setting {setting} = {value} is not available in this version',
    'telemetry would not be what was asked for',
    'allowed: {allowed}',
  ),
  SPANDREL_TEST_ALREADY_RUNNING: setting(
    'startTestTelemetry() was called while telemetry is running in this process',
    'what a test records would go elsewhere, so it is not started',
    'await stop() of the test before (or shutdown() of what bootstrap() gave), and call bootstrap() where the program starts, not where a tested module loads',
  ),
  SPANDREL_ALREADY_REGISTERED: setting(
    'another OpenTelemetry SDK is registered for {signal} in this process',
    'telemetry would be split between the two',
    'start only one: remove the other SDK’s start, or call bootstrap({ provider: "existing" }) after it',
  ),
  SPANDREL_NOTHING_REGISTERED: setting(
    'provider is "existing", and no OpenTelemetry SDK is registered in this process',
    'what annotations tell would go nowhere',
    'start the SDK first, or leave provider out: bootstrap() starts one then',
  ),
  SPANDREL_API_VERSION: setting(
    'version {version} of @opentelemetry/api was used in this process before the one of spandrel',
    'OpenTelemetry takes registrations of that version only',
    'install one version for all: see `npm ls @opentelemetry/api`, and `npm dedupe`',
  ),
  SPANDREL_PEER_MISSING: setting(
    '{asked} needs the package {package}, which cannot be loaded: {error}',
    'telemetry would not be what was asked for',
    'npm install {package} (OpenTelemetry’s packages in the versions that `npm ls @opentelemetry/sdk-metrics` shows: see docs/reference/settings.md#optional-packages)',
  ),
  SPANDREL_SOURCE_FAILED: runtime(
    'a function given for {what} threw: {error}',
    'that one value is left out; the call was not touched',
    'mend the function',
  ),
  SPANDREL_OPTION_FAILED: runtime(
    'the {what} function threw: {error}',
    'the default stands in its place; the call was not touched',
    'mend the function',
  ),
  SPANDREL_GAUGE_FAILED: runtime(
    'reading the gauge {metric} threw: {error}',
    'that instance is left out of this collection',
    'let the getter answer at any time, also while the instance is being built or torn down',
  ),
  SPANDREL_NAMELESS_CLASS: runtime(
    'the class has no name, which shows only at its first construction',
    'its spans go by the name of the member alone',
    'name the class: class Shop { … }; or the spans: @Traced({ prefix: … }) on the class, @Traced({ name: … }) on each method',
  ),
  SPANDREL_MINIFIED_NAME: runtime(
    'the class is called {name}, as a minifier would call it',
    'its spans are named after that, and otherwise with each build',
    'have the minifier keep names (esbuild keepNames, terser keep_classnames, swc jsc.minify.keep_classnames), or name the spans: @Traced({ prefix: … }) on the class, @Traced({ name: … }) on each method',
  ),
  SPANDREL_NOT_WOVEN: runtime(
    'the element could not be replaced: {reason}',
    'its calls are not seen',
    'annotate before the class is frozen, or leave the property configurable',
  ),
  SPANDREL_ADVICE_FAILED: runtime(
    'our own code around a call threw: {error}',
    'this call may lack telemetry; the call was not touched',
    'report it to the project: this is a defect of spandrel',
  ),
  SPANDREL_ABANDONED: runtime(
    'what the call gave (an iterator, a promise, a stream, a callback) was not used to its end',
    'its span ends where it was last used, marked spandrel.abandoned',
    'bring it to its end: break out of the loop, call return(), cancel or destroy the stream; or raise limits.idleMs',
  ),
  SPANDREL_ENVIRONMENT_IGNORED: runtime(
    'the environment variable {variable} = {value} cannot be read',
    'it is ignored, as the OpenTelemetry specification asks, and the default holds',
    'allowed: {allowed}',
  ),
  SPANDREL_NOT_STARTED: runtime(
    'spandrel/register could not start telemetry: {error}',
    'the program runs without telemetry',
    'do what the error asks for',
  ),
  SPANDREL_EXPORT_FAILED: runtime(
    'exporting {signal} with {exporter} failed: {error}',
    'what was in that export is lost; health() counts it',
    'check that the backend answers at the configured endpoint',
  ),
  SPANDREL_PROCESSOR_FAILED: runtime(
    'the processor {what} threw: {error}',
    'what it does is missing for that span or log record; the call and the other processors were not touched',
    'mend the processor',
  ),
  SPANDREL_PROPAGATOR_FAILED: runtime(
    'the propagator {what} threw: {error}',
    'what it writes or reads is missing there; the call and the other propagators were not touched',
    'mend the propagator, or the headers it was given',
  ),
  SPANDREL_SAMPLING_FAILED: runtime(
    'the function {what} failed: {error}',
    'the default stands in its place; no call was touched',
    'mend the function: it answers at once, with a number from 0 to 1',
  ),
  SPANDREL_DETECTOR_FAILED: runtime(
    'the resource detector {what} failed: {error}',
    'what it finds out is missing from the resource; the rest of it stands',
    'mend the detector, or leave it out of detectors',
  ),
  SPANDREL_INSTRUMENTATION_FAILED: runtime(
    'the instrumentation {what} failed: {error}',
    'what it tells of may be missing; the program and the other instrumentations were not touched',
    'see that its version goes with the OpenTelemetry packages of `npm ls @opentelemetry/instrumentation`, or leave it out of instrumentations',
  ),
  SPANDREL_CONSOLE_CLOSED: runtime(
    'the stream the console draws on cannot be written to: {error}',
    'nothing more is drawn; health() counts it',
    'check where the output of the program goes',
  ),
  SPANDREL_BUFFER_FULL: runtime(
    'the buffer of {signal} for {exporter} is full ({limit})',
    'records are let go until the backend catches up; of spans whole traces, those in which nothing failed first',
    'look at why the backend is slow, or raise batch.buffer or limits.memoryBytes',
  ),
  SPANDREL_SERIES_OVERFLOW: runtime(
    'the metric {metric} has met {limit}; the attribute with the most different values is {attribute} of {of}: {values}',
    'what comes with further attributes is added to its series otel.metric.overflow, and the total stays right',
    'give {attribute} fewer values (map the source), or leave it to the span; else raise the limit (limits.series, limits.seriesPerMetric)',
  ),
  SPANDREL_TOO_MANY_RUNNING: runtime(
    '{running} of its calls run and have not ended: what is left of the memory for {limit} is for other calls',
    'until some of these end, more of them are not recorded, nor is what they call; health() counts them',
    'find out why they do not end, or raise limits.memoryBytes',
  ),
  SPANDREL_SHUTDOWN_LATE: runtime(
    'shutdown did not finish within {timeoutMs} ms',
    'what was still waiting is lost; what was under way may yet arrive',
    'raise shutdown.timeoutMs, or check that the backend answers',
  ),
});

/** A code of `docs/reference/faults.md`. Codes do not change between versions. */
export type FaultCode = keyof typeof catalogue;
