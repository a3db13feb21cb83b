/**
 * Options of one annotation that contradict each other or the member they are given for: one of them could never be
 * honoured, so the whole is refused where it is written.
 */
import { SpandrelFault, shown } from '../faults/fault.js';
import type { Element } from '../metadata/element.js';
import { isSource, type SourceOrigin } from '../metadata/source.js';

type Options = Readonly<Record<string, unknown>>;

/** What the options are given to: the word users write for it, and its place for a fault. */
export interface Given {
  readonly word: string;
  readonly where: string;
}

/** Throws where two options contradict each other, or one does the member, whose method, getter or class is `value`. */
export function refuseContradictions(given: Given, options: Options, kind: Element['kind'], value: unknown): void {
  refusePairs(given, options);
  if (kind === 'getter') refuseArguments(given, options);
  if (options.callback !== undefined) refuseCallback(given, options.callback, kind, value);
}

function refusePairs({ word, where }: Given, options: Options): void {
  const contradict = (option: string, other: string, reason: string): SpandrelFault =>
    new SpandrelFault('SPANDREL_OPTIONS_CONTRADICT', where, { annotation: word, option, other, reason });
  const { name, prefix, include, exclude, when } = options;
  if (typeof name === 'string' && prefix !== undefined && word === '@Traced') {
    throw contradict('prefix', 'name', 'a name is the whole of the span’s name, with nothing in front of it');
  }
  const twice = listed(include).find((one) => !(one instanceof RegExp) && listed(exclude).includes(one));
  if (twice !== undefined) {
    throw contradict('include', 'exclude', `${shown(twice)} is in both lists, and exclude is the stronger`);
  }
  const [result] = when === 'error' ? readFrom('result', options) : [];
  if (result !== undefined) {
    throw contradict(result.option, 'when = "error"', `a call that failed has no ${shown(result.source)}`);
  }
}

/** A getter is called without arguments. */
function refuseArguments(given: Given, options: Options): void {
  for (const { option, source } of readFrom('arg', options)) {
    throw misgiven(given, option, source, 'call.self() or call.result(): a getter takes no arguments');
  }
}

/** An async method may call back, too; one that rejects before it does has failed. */
function refuseCallback(given: Given, callback: unknown, kind: Element['kind'], value: unknown): void {
  const isGenerator = Object.prototype.toString.call(value).endsWith('GeneratorFunction]');
  if (kind !== 'getter' && !isGenerator) return;
  const reason = isGenerator ? 'a generator is over with its iteration' : 'a getter takes no arguments';
  throw misgiven(given, 'callback', callback, `it to a method that is over when it calls back: ${reason}`);
}

function misgiven({ word, where }: Given, option: string, value: unknown, allowed: string): SpandrelFault {
  return new SpandrelFault('SPANDREL_BAD_OPTION', where, { annotation: word, option, value: shown(value), allowed });
}

/** The options, and the attributes, that are taken from `origin`. */
function readFrom(origin: SourceOrigin, options: Options): { option: string; source: unknown }[] {
  const { attributes = {}, ...others } = options;
  const named = Object.entries(attributes as object).map(([key, one]) => [`attributes[${shown(key)}]`, one as unknown]);
  return [...named, ...Object.entries(others)]
    .filter(([, source]) => isSource(source) && source.from === origin)
    .map(([option, source]) => ({ option: option as string, source }));
}

function listed(selection: unknown): readonly unknown[] {
  return (selection ?? []) as readonly unknown[];
}
