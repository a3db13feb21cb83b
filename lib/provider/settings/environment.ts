/**
 * The environment, for settings left out in code. What can't be read is told of and ignored, as the specification asks.
 */
import { shown } from '../../faults/fault.js';
import { report } from '../../faults/report.js';
import { type TextRule, wordsIn } from './environment-rules.js';
import { environmentTable, type Variable } from './environment-table.js';

/** Environment variables by name, as `process.env` has them; empty and unset are the same. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Variables of other set-ups that change what a program tells, and have no meaning here: told of rather than passed over. */
const withoutMeaning: Readonly<Record<string, string>> = {
  OTEL_CONFIG_FILE: 'nothing: configuration by file is not read here; use the other variables, or bootstrap()',
  OTEL_EXPERIMENTAL_CONFIG_FILE:
    'nothing: configuration by file is not read here; use the other variables, or bootstrap()',
};

/** What the JavaScript SDK calls a variable of the specification. */
const namesOfSdk = {
  OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT: 'OTEL_SPAN_ATTRIBUTE_PER_EVENT_COUNT_LIMIT',
  OTEL_LINK_ATTRIBUTE_COUNT_LIMIT: 'OTEL_SPAN_ATTRIBUTE_PER_LINK_COUNT_LIMIT',
} as const satisfies Partial<Record<Variable, Variable>>;

/** The variables that are set to something that can be read. */
export class ReadEnvironment {
  readonly #values = new Map<Variable, string>();
  readonly #rest: Environment;

  constructor(environment: Environment) {
    const rest: Record<string, string | undefined> = { ...environment };
    for (const [variable, rule] of Object.entries<TextRule>(environmentTable)) {
      delete rest[variable];
      const value = textFrom(environment, variable);
      if (value === undefined) continue;
      if (rule.accepts(value)) this.#values.set(variable as Variable, rule.canonical?.(value) ?? value);
      else ignore(variable, value, rule.allowed);
    }
    this.#rest = rest;
    for (const [variable, allowed] of Object.entries(withoutMeaning)) {
      const value = textFrom(environment, variable);
      if (value !== undefined) ignore(variable, value, allowed);
    }
  }

  /**
   * What the SDK may read: the environment, with nothing of the table but what could be read. Of a variable with two names the
   * specification's is the stronger.
   */
  get forSdk(): Environment {
    const read: Record<string, string> = Object.fromEntries(this.#values);
    for (const [variable, name] of Object.entries(namesOfSdk)) {
      const value = read[variable];
      if (value !== undefined) read[name] = value;
    }
    return Object.freeze({ ...this.#rest, ...read });
  }

  text(variable: Variable): string | undefined {
    return this.#values.get(variable);
  }

  number(variable: Variable): number | undefined {
    const value = this.#values.get(variable);
    return value === undefined ? undefined : Number(value);
  }

  /** One of the words of the table. */
  word<W extends string>(variable: Variable): W | undefined {
    return this.#values.get(variable) as W | undefined;
  }

  words<W extends string>(variable: Variable): readonly W[] | undefined {
    const value = this.#values.get(variable);
    return value === undefined ? undefined : (wordsIn(value) as W[]);
  }
}

/** A text; unset and empty are the same (specification, configuration by environment variables). */
function textFrom(environment: Environment, variable: string): string | undefined {
  const value = environment[variable]?.trim();
  return value === undefined || value === '' ? undefined : value;
}

/** Tells of a variable that can't be used. */
export function ignore(variable: string, value: string, allowed: string): void {
  report('SPANDREL_ENVIRONMENT_IGNORED', variable, { variable, value: shown(value), allowed });
}
