/**
 * The order of the reference: which names are told of together. A name that stands in no group is told of under its door.
 */

export interface Group {
  readonly title: string;
  readonly about: string;
  readonly names: readonly string[];
}

export const groups: readonly Group[] = [
  {
    title: 'Annotations',
    about:
      'Each works in [both dialects](../guide/dialects.md); where each may stand is a table of [its own page](annotations.md). ' +
      'What is wrong with one is thrown where it is written.',
    names: ['Traced', 'Untraced', 'Counted', 'Timed', 'InFlight', 'Gauged'],
  },
  {
    title: 'Options of annotations',
    about:
      'All can be left out, and `undefined` counts as left out. The parameters of these types are for the compiler.',
    names: [
      'TracedOptions',
      'MethodTracedOptions',
      'MetricOptions',
      'CountedOptions',
      'TimedOptions',
      'InFlightOptions',
      'GaugedOptions',
      'MemberSelector',
    ],
  },
  {
    title: 'Sources',
    about: 'Where the value of an attribute comes from: see [Attributes](../guide/attributes.md).',
    names: [
      'call',
      'Source',
      'SourceOrigin',
      'Outcome',
      'CallFacts',
      'EntryFacts',
      'CallFunction',
      'AttributeSource',
      'AttributeSources',
      'AttributeValue',
    ],
  },
  {
    title: 'Inside a call',
    about: 'What may be said in the code itself. None of it throws while the program runs.',
    names: ['annotate', 'log', 'LogAttributes', 'traced', 'FunctionTracedOptions'],
  },
  {
    title: 'Starting and stopping',
    about:
      'See [Getting started](../guide/getting-started.md) and [Shutdown and health](../guide/shutdown-and-health.md).',
    names: [
      'bootstrap',
      'Telemetry',
      'Health',
      'DeliveryCount',
      'CollectionCount',
      'HeldSpans',
      'RunningCount',
      'SamplingHealth',
      'SeriesCount',
      'FaultCount',
    ],
  },
  {
    title: 'Settings',
    about: 'What each setting allows, with its environment variable, is in tables of [its own page](settings.md).',
    names: [
      'Settings',
      'ServiceSettings',
      'ExportSettings',
      'TlsSettings',
      'PrometheusSettings',
      'ConsoleSettings',
      'TextStream',
      'BatchSettings',
      'MetricsSettings',
      'LimitSettings',
      'ShutdownSettings',
      'StopSignal',
      'PropagatorName',
      'DetectorName',
      'InstrumentationPlugin',
      'checkSettings',
      'Environment',
    ],
  },
  {
    title: 'Faults',
    about: 'Every code is on [a page of its own](faults.md).',
    names: ['SpandrelFault', 'isSpandrelFault'],
  },
  {
    title: 'Testing',
    about: 'Telemetry kept in memory, and what to expect of it: see [Testing](../guide/testing.md).',
    names: [
      'startTestTelemetry',
      'TestTelemetryOptions',
      'TestTelemetry',
      'createTestClock',
      'TestClock',
      'TestClockOptions',
      'assertTrace',
      'assertSpan',
      'assertNoSpan',
      'assertMetric',
      'assertLog',
      'assertNoFaults',
      'spandrelMatchers',
      'SpandrelMatchers',
      'MatcherResult',
      'SpanSubject',
      'ExpectedSpan',
      'ExpectedEvent',
      'ExpectedLink',
      'ExpectedMetric',
      'ExpectedPoint',
      'ExpectedLog',
      'ExpectedAttributes',
      'Expected',
      'AsymmetricMatcher',
      'RecordedSpan',
      'RecordedEvent',
      'RecordedLink',
      'RecordedMetric',
      'RecordedPoint',
      'RecordedLog',
      'SpanKindWord',
      'SpanStatusWord',
    ],
  },
  {
    title: 'For tools and wrappers',
    about:
      'The types of what an annotation gives, for code that wraps one, and the way to the records that annotations leave.',
    names: ['OnMember', 'OnMethod', 'OnReading', 'OnClass', 'OnClassOnly', 'recordsKey', 'AnnotationRecord'],
  },
];
