/**
 * The decorators of a set of annotations, each stack as one decorator, for either dialect.
 */
import { type CallFacts, Counted, call, InFlight, Timed, Traced, type TracedOptions, Untraced } from 'spandrel';
import type { AnnotationSet, CallAnnotation } from './annotation-sets.js';
import type { Body, Scenario } from './scenario.js';

export type AnyDecorator = ReturnType<typeof Traced>;

/** What a declaration puts on its method and on its class. */
export interface Annotations {
  readonly member: AnyDecorator;
  /** `inherited`: it is to reach the methods of bases. */
  owner(inherited?: boolean): AnyDecorator;
  /** For a plain function. */
  readonly options: TracedOptions | undefined;
}

export const metricNames = { counted: 'table.calls', timed: 'table.time', 'in-flight': 'table.running' } as const;

/** The part of a case that its annotations depend on. */
interface Annotated {
  readonly name: string;
  readonly set: AnnotationSet;
  readonly scenario: Pick<Scenario, 'callback'>;
  readonly declaration: { readonly getter?: true };
}

/** What is annotated as told by `set`; every measurement carries the name of its case. */
export function annotationsOf({ set, name, scenario, declaration }: Annotated): Annotations {
  const { callback } = scenario;
  const sources = declaration.getter ? sourcesOfGetter : { 'table.first': call.arg(0), ...sourcesOfGetter };
  const common = { 'table.case': name };
  const sourced = set.sources ? { ...common, ...sources } : common;
  const options = (attributes: TracedOptions['attributes']): TracedOptions =>
    ({
      ...(set.sources ? { attributes } : {}),
      ...(set.expected ? { expected: RangeError } : {}),
      ...(callback === undefined ? {} : { callback }),
    }) as TracedOptions;
  const made = (attributes: typeof sourced, classOptions: object) => ({
    traced: () => Traced({ ...options(sources), ...classOptions }),
    counted: () => Counted(metricNames.counted, { attributes, ...(set.when && { when: set.when }), ...classOptions }),
    timed: () => Timed(metricNames.timed, { attributes, ...classOptions }),
    'in-flight': () => InFlight(metricNames['in-flight'], { attributes: common, ...classOptions }),
  });
  const onMember = made(sourced, {});
  const stack = (annotations: Iterable<CallAnnotation>, from: typeof onMember): AnyDecorator[] =>
    [...annotations].map((annotation) => from[annotation]() as AnyDecorator);
  return {
    member: stacked([...stack(set.onMember, onMember), ...(set.untraced ? [Untraced() as AnyDecorator] : [])]),
    owner: (inherited = false) => stacked(stack(set.onClass, made(common, inherited ? { inherited } : {}))),
    options: options(sources),
  };
}

/** Nothing annotated: the class as it would be without telemetry. */
export const notAnnotated: Annotations = { member: stacked([]), owner: () => stacked([]), options: undefined };

/** Of every origin a source can have but the arguments. What the method gave is told by its type. */
const sourcesOfGetter = {
  'table.outcome': call.outcome(),
  'table.result': call.result().map((value: unknown) => typeof value),
  'table.failed': ({ error }: CallFacts) => error !== undefined,
};

/** Several decorators as one; the last is applied first, as when they are written below each other. */
export function stacked(decorators: readonly AnyDecorator[]): AnyDecorator {
  const fromBelow = [...decorators].reverse() as unknown as ((...args: unknown[]) => unknown)[];
  return ((...args: unknown[]) => {
    const [target, second, descriptor] = args;
    if (descriptor !== undefined) {
      return fromBelow.reduce((standing, decorate) => decorate(target, second, standing) ?? standing, descriptor);
    }
    // Of an accessor field a decorator gives the sides it replaces.
    const isAccessor = (second as { kind?: unknown } | undefined)?.kind === 'accessor';
    const last = fromBelow.reduce((standing, decorate) => {
      const given = decorate(standing, ...args.slice(1)) ?? standing;
      return isAccessor ? { ...(standing as object), ...(given as object) } : given;
    }, target);
    return last === target ? undefined : last;
  }) as unknown as AnyDecorator;
}

/** Puts `body` in the place of the method or getter it stands on: so that a declaration can hold any kind of function. */
export function holding(body: Body): AnyDecorator {
  return ((_target: unknown, second: unknown, descriptor?: PropertyDescriptor) => {
    if (descriptor === undefined) return (second as { kind?: unknown }).kind === 'accessor' ? { get: body } : body;
    return descriptor.get === undefined ? { ...descriptor, value: body } : { ...descriptor, get: body };
  }) as unknown as AnyDecorator;
}
