/**
 * What `@Traced` and `traced()` can be told.
 *
 * `undefined` counts as left out, so every option takes it, also where `exactOptionalPropertyTypes` is on. The parameters of
 * these types are for the compiler: what it knows of the call, and what it can hold against the class.
 */
import type { Context, Link, Span, SpanContext } from '@opentelemetry/api';
import type { CallFacts, CallFunction, EntryFacts, EntryOrigin, Source, SourceOrigin } from '../source.js';

/** A value OpenTelemetry takes as an attribute. */
export type AttributeValue =
  | string
  | number
  | boolean
  | readonly (string | null | undefined)[]
  | readonly (number | null | undefined)[]
  | readonly (boolean | null | undefined)[];

/** Where an attribute comes from: a source made by `call`, a function of the call, or the value itself. */
export type AttributeSource<From extends SourceOrigin = SourceOrigin, Facts = CallFacts> =
  | Source<unknown, From>
  | AttributeValue
  | CallFunction<unknown, Facts>
  | undefined;

/** Attributes by name; names should follow the OpenTelemetry semantic conventions where these have one. */
export type AttributeSources<From extends SourceOrigin = SourceOrigin, Facts = CallFacts> = Readonly<
  Record<string, AttributeSource<From, Facts>>
>;

/**
 * Headers or message properties that carry a trace context (W3C `traceparent`): any object but a source, which would not
 * be read, and a promise, which would not be waited for.
 */
export type Carrier = Readonly<Record<string, unknown>> | (object & { readonly maps?: never; readonly then?: never });

/** What a parent can be taken from. */
export type ParentValue = 'active' | 'root' | Context | Span | SpanContext | Carrier | null | undefined;

/** What a link can be made from. */
export type LinkValue = Link | Context | Span | SpanContext | Carrier | null | undefined;

/** A class; one whose constructor is private or protected is told by what every class has and no other function. */
type ThrownClass = (abstract new (...args: never[]) => unknown) | NewableFunction;

/** A function of what was thrown, which can be anything; it may say what it takes it for. */
export type ExpectedErrors = ThrownClass | readonly ThrownClass[] | CallFunction<boolean, unknown>;

/** The kinds OpenTelemetry has for a span (specification, SpanKind). */
export type SpanKindName = 'internal' | 'server' | 'client' | 'producer' | 'consumer';

/** One or more members of a class: a name, a symbol, or a pattern over names. */
export type MemberSelector = string | symbol | RegExp;

/** Which members a class-level annotation reaches. */
export type MemberSelection = readonly MemberSelector[];

/** Options of an annotation that stands on a class and reaches its methods. */
export interface ClassOptions<
  Include extends MemberSelector = MemberSelector,
  Exclude extends MemberSelector = MemberSelector,
  Inherited extends boolean = boolean,
> {
  /** Only these methods. Default: every own method, statics and symbol-named ones too; never accessors. */
  readonly include?: readonly Include[] | undefined;
  /** Not these methods; stronger than `include`. */
  readonly exclude?: readonly Exclude[] | undefined;
  /** Also the methods this class inherits from classes that do not annotate them. Default `false`. */
  readonly inherited?: Inherited | undefined;
}

/** A function that is asked as the call begins. */
type OnEntry<Value, Facts extends CallFacts> = CallFunction<Value, EntryFacts<Facts['args'], Facts['self']>>;

/** What `@Traced` on a method, and `traced()`, can be told of the span of each call. */
export interface MethodTracedOptions<Facts extends CallFacts = CallFacts> {
  /** The span's name, or a function of the call that gives it. Default `Class.method`. Keep it low in cardinality. */
  readonly name?: string | OnEntry<string, Facts> | undefined;
  /** OpenTelemetry's span kind. Default `'internal'`. */
  readonly kind?: SpanKindName | undefined;
  /** Attributes of the span, by name, each with where it comes from. Default none: nothing of a call is captured unasked. */
  readonly attributes?: AttributeSources<SourceOrigin, Facts> | undefined;
  /** Other spans this one is linked to: one or several, given or taken from the call. */
  readonly links?:
    | Source<unknown, EntryOrigin>
    | readonly LinkValue[]
    | OnEntry<LinkValue | readonly LinkValue[], Facts>
    | undefined;
  /**
   * The parent: the active span (`'active'`, the default), none (`'root'`), or headers, a Context or a span taken from
   * the call. Where the call has none to give, the active span is the parent.
   */
  readonly parent?: 'active' | 'root' | Source<unknown, EntryOrigin> | OnEntry<ParentValue, Facts> | undefined;
  /**
   * Errors that are an answer, not a failure: classes, or a function that says so. They pass to the caller as ever, but
   * neither the span nor a metric of the method counts them as errors.
   */
  readonly expected?: ExpectedErrors | undefined;
  /**
   * The argument that is called when the call is over, in Node's style: `(error, result) => …`. `'last'`, or its index from
   * 0. Where the call is given no function there, it ends as it returns.
   */
  readonly callback?: 'last' | number | undefined;
}

/** What `@Traced` can be told. On a class they hold for each method that does not say otherwise. */
export interface TracedOptions<
  Include extends MemberSelector = MemberSelector,
  Exclude extends MemberSelector = MemberSelector,
  Inherited extends boolean = boolean,
  Prefix extends string = string,
> extends MethodTracedOptions,
    ClassOptions<Include, Exclude, Inherited> {
  /** On a class: stands in front of the method's name, in place of the class name: `prefix: 'shop'` gives `shop.pay`. */
  readonly prefix?: Prefix | undefined;
}

/** `@Untraced` takes no options; the record has an empty object. */
export type UntracedOptions = Readonly<Record<never, never>>;
