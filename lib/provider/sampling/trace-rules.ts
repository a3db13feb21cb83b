/**
 * The rules of `sampling.rules`, made ready to be asked of each span that ends. What they ask of the user's runs unobserved; where it
 * throws, the rule does not speak of that span.
 */
import { SpanKind } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { messageOf, report } from '../../faults/report.js';
import type { KeepingRule } from '../../recorder/kept-shares.js';
import { RejectionThreshold } from '../../recorder/rejection-threshold.js';
import type { TraceRule } from '../settings/sampling-settings.js';
import { unobserved } from '../unobserved.js';

const kinds = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

export function keepingRules(rules: readonly TraceRule[]): readonly KeepingRule[] {
  return rules.map((rule, place) => new CompiledRule(rule, `sampling.rules[${place}]`));
}

class CompiledRule implements KeepingRule {
  readonly keep: RejectionThreshold;
  readonly #kind: SpanKind | undefined;
  readonly #name: ((value: unknown) => boolean) | undefined;
  readonly #attributes: readonly (readonly [name: string, is: (value: unknown) => boolean])[];
  readonly #when: TraceRule['when'];
  readonly #where: string;

  constructor({ name, attributes = {}, kind, when, keep = 1 }: TraceRule, where: string) {
    this.keep = new RejectionThreshold(keep);
    this.#kind = kind === undefined ? undefined : kinds[kind];
    this.#name = name === undefined ? undefined : likeness(name);
    this.#attributes = Object.entries(attributes).map(([key, expected]) => [key, likeness(expected)]);
    this.#when = when;
    this.#where = where;
  }

  speaksOf(span: ReadableSpan): boolean {
    if (this.#kind !== undefined && span.kind !== this.#kind) return false;
    if (this.#name !== undefined && !this.#name(span.name)) return false;
    if (!this.#attributes.every(([key, is]) => is(span.attributes[key]))) return false;
    return this.#when === undefined || this.#isSo(this.#when, span);
  }

  #isSo(when: NonNullable<TraceRule['when']>, span: ReadableSpan): boolean {
    try {
      return unobserved(() => when(span)) === true;
    } catch (error) {
      report('SPANDREL_OPTION_FAILED', this.#where, { what: 'when', error: messageOf(error) });
      return false;
    }
  }
}

/** Whether a value is the one that was written, or a text in which the pattern is found. */
function likeness(expected: string | number | boolean | RegExp): (value: unknown) => boolean {
  if (!(expected instanceof RegExp)) return (value) => value === expected;
  // A pattern that remembers where it was would find every other one.
  const pattern = new RegExp(expected.source, expected.flags.replace(/[gy]/g, ''));
  return (value) => typeof value === 'string' && pattern.test(value);
}
