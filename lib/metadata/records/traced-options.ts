/**
 * What `@Traced` and `traced()` can be told.
 */
import type { Context, Link, Span, SpanContext } from '@opentelemetry/api';
import type { CallFacts, Source } from '../source.js';

/** A value OpenTelemetry takes as an attribute. */
export type AttributeValue =
  | string
  | number
  | boolean
  | readonly (string | null | undefined)[]
  | readonly (number | null | undefined)[]
  | readonly (boolean | null | undefined)[];

/** Where an attribute comes from: a source made by `call`, a function of the call, or the value itself. */
export type AttributeSource = Source | AttributeValue | ((facts: CallFacts) => unknown);

/** Attributes by name; names should follow the OpenTelemetry semantic conventions where these have one. */
export type AttributeSources = Readonly<Record<string, AttributeSource>>;

/** Headers or message properties that carry a trace context (W3C `traceparent`). */
export type Carrier = Readonly<Record<string, unknown>>;

/** What a parent can be taken from. */
export type ParentValue = 'active' | 'root' | Context | Span | SpanContext | Carrier | null | undefined;

/** What a link can be made from. */
export type LinkValue = Link | Context | Span | SpanContext | Carrier | null | undefined;

type ThrownClass = abstract new (...args: never[]) => unknown;

/** `unknown` matters here: anything can be thrown. */
export type ExpectedErrors = ThrownClass | readonly ThrownClass[] | ((error: unknown) => boolean);

export type SpanKindName = 'internal' | 'server' | 'client' | 'producer' | 'consumer';

/** Which members a class-level annotation reaches: names, symbols, or patterns over names. */
export type MemberSelection = readonly (string | symbol | RegExp)[];

/** Options of an annotation that stands on a class and reaches its methods. */
export interface ClassOptions {
  /** Only these methods. Default: every own method, statics and symbol-named ones too; never accessors. */
  readonly include?: MemberSelection;
  /** Not these methods; stronger than `include`. */
  readonly exclude?: MemberSelection;
  /** Also the methods this class inherits from classes that do not annotate them. Default `false`. */
  readonly inherited?: boolean;
}

export interface MethodTracedOptions {
  /** The span's name, or a function of the call that gives it. Default `Class.method`. Keep it low in cardinality. */
  readonly name?: string | ((facts: CallFacts) => string);
  /** OpenTelemetry's span kind. Default `'internal'`. */
  readonly kind?: SpanKindName;
  readonly attributes?: AttributeSources;
  /** Other spans this one is linked to: one or several, given or taken from the call. */
  readonly links?: Source | readonly LinkValue[] | ((facts: CallFacts) => LinkValue | readonly LinkValue[]);
  /**
   * The parent: the active span (`'active'`, the default), none (`'root'`), or headers, a Context or a span taken from
   * the call. Where the call has none to give, the active span is the parent.
   */
  readonly parent?: 'active' | 'root' | Source | ((facts: CallFacts) => ParentValue);
  /**
   * Errors that are an answer, not a failure: classes, or a function that says so. They pass to the caller as ever, but
   * neither the span nor a metric of the method counts them as errors.
   */
  readonly expected?: ExpectedErrors;
  /**
   * The argument that is called when the call is over, in Node's style: `(error, result) => …`. `'last'`, or its index from
   * 0. Where the call is given no function there, it ends as it returns.
   */
  readonly callback?: 'last' | number;
}

export interface TracedOptions extends MethodTracedOptions, ClassOptions {
  /** On a class: stands in front of the method's name, in place of the class name: `prefix: 'shop'` gives `shop.pay`. */
  readonly prefix?: string;
}

/** `@Untraced` takes no options; the record has an empty object. */
export type UntracedOptions = Readonly<Record<never, never>>;
