/**
 * Every way a declaration, a setting or our own code can be wrong, said once.
 *
 * A row is the whole story: what happened, what follows, what to do. `{words in braces}` are filled in where the
 * fault is raised. `docs/reference/faults.md` has the same rows, and a test keeps the two equal. Nothing here
 * throws: `fault.ts` throws the declaration and setting rows, `report.ts` tells of the runtime rows.
 */

/** Where a fault shows: thrown at the annotation, thrown by `bootstrap()`, or reported once while running. */
export type FaultKind = 'declaration' | 'setting' | 'runtime';

export interface FaultRow {
  readonly kind: FaultKind;
  /** What is wrong, with the words to fill in. */
  readonly what: string;
  /** What follows from it. */
  readonly consequence: string;
  /** What to do about it. */
  readonly remedy: string;
}

const declaration = (what: string, consequence: string, remedy: string): FaultRow =>
  Object.freeze({ kind: 'declaration', what, consequence, remedy });
const setting = (what: string, consequence: string, remedy: string): FaultRow =>
  Object.freeze({ kind: 'setting', what, consequence, remedy });
const runtime = (what: string, consequence: string, remedy: string): FaultRow =>
  Object.freeze({ kind: 'runtime', what, consequence, remedy });

export const catalogue = Object.freeze({
  SPANDREL_BARE_DECORATOR: declaration(
    '@{annotation} was written without parentheses',
    'the decorator would be handed the class or method as its options',
    'write @{annotation}(…)',
  ),
  SPANDREL_UNKNOWN_DIALECT: declaration(
    '@{annotation} was called with neither the arguments of TypeScript’s experimentalDecorators nor of standard decorators',
    'there is no class or method to remember it for',
    'apply it as a decorator, compiled by TypeScript 5.4 or newer, esbuild, swc or Babel (2023-11)',
  ),
  SPANDREL_NO_METADATA: declaration(
    'the compiler gave @{annotation} no metadata object (context.metadata)',
    'the record could not be found again from the class',
    'compile with decorator metadata (TypeScript 5.2 or newer, esbuild, Babel 2023-11) and import spandrel before the annotated class',
  ),
  SPANDREL_WRONG_PLACE: declaration(
    '@{annotation} stands on {place}',
    'it could never be called as annotated',
    'put it on {allowed}',
  ),
  SPANDREL_GAUGE_PARAMETERS: declaration(
    '@Gauged stands on a method with parameters',
    'a collection has no arguments to give it',
    'put it on a getter, or on a method without parameters',
  ),
  SPANDREL_TWICE: declaration(
    '@{annotation} is declared more than once{detail}',
    'only one of the two could hold',
    'keep one of them',
  ),
  SPANDREL_CONTRADICTION: declaration(
    '@{annotation} contradicts @{other} on the same element',
    'both cannot be honoured',
    'remove one of them',
  ),
  SPANDREL_OPTIONS_CONTRADICT: declaration(
    '{annotation} was given {option} together with {other}',
    'only one of the two could hold: {reason}',
    'leave one of them out',
  ),
  SPANDREL_ONE_NAME: declaration(
    '@Traced gives the one name {name} to {count} methods of the class',
    'their spans could not be told apart',
    'give the class a prefix in place of the name, include one method only, or name the methods each',
  ),
  SPANDREL_LEGACY_PRIVATE: declaration(
    '@{annotation} stands on {key}, a #private member, under TypeScript’s experimentalDecorators',
    'that dialect can neither hand over the member nor replace it',
    'write it as TypeScript’s “private {plain}”, or compile with standard decorators',
  ),
  SPANDREL_UNKNOWN_OPTION: declaration(
    '{annotation} was given an unknown option {option}',
    'it would be ignored silently',
    'use one of: {allowed}',
  ),
  SPANDREL_BAD_OPTION: declaration(
    '{annotation} was given {option} = {value}',
    'it has no meaning there',
    'give {allowed}',
  ),
  SPANDREL_OPTION_NOT_BUILT: declaration(
    '{annotation} was given {option}, which this version does not have yet',
    'it would be ignored silently',
    'leave {option} out',
  ),
  SPANDREL_METRIC_NAME: declaration(
    '@{annotation} was given the metric name {value}',
    'OpenTelemetry would refuse the instrument',
    'start with a letter, then letters, digits, “_”, “.”, “-” or “/”, 255 characters at most',
  ),
  SPANDREL_METRIC_REDEFINED: declaration(
    'the metric {name} is defined as {here}, but {elsewhere} defines it as {other}',
    'one series would mix two meanings',
    'give both the same kind, unit, description and buckets, or another name',
  ),
  SPANDREL_NAMELESS: declaration('{subject} has no name', 'its spans could not be told apart', 'name it: {remedy}'),
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
    'the buffer of {signal} for {exporter} is full ({limit} records)',
    'new records are dropped until the backend catches up',
    'raise batch.buffer, or look at why the backend is slow',
  ),
  SPANDREL_SHUTDOWN_LATE: runtime(
    'shutdown did not finish within {timeoutMs} ms',
    'what was still waiting is lost; what was under way may yet arrive',
    'raise shutdown.timeoutMs, or check that the backend answers',
  ),
});

export type FaultCode = keyof typeof catalogue;
