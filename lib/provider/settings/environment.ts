/**
 * The environment, for settings left out in code. What can't be read is told of and ignored, as the specification asks.
 */
import { shown } from '../../faults/fault.js';
import { report } from '../../faults/report.js';
import { type Corrections, correctionsOf } from './corrected-environment.js';
import { wordsIn } from './environment-rules.js';
import { environmentTable, type Variable } from './environment-table.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Variables of other set-ups that change what a program tells, and have no meaning here: told of rather than passed over. */
const withoutMeaning: Readonly<Record<string, string>> = {
  OTEL_CONFIG_FILE: 'nothing: configuration by file is not read here; use the other variables, or bootstrap()',
  OTEL_EXPERIMENTAL_CONFIG_FILE:
    'nothing: configuration by file is not read here; use the other variables, or bootstrap()',
};

/** Variables of the specification that the SDK of JavaScript knows by another name only; set under that, it goes over ours. */
const otherwiseCalled: Readonly<Partial<Record<Variable, string>>> = {
  OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT: 'OTEL_SPAN_ATTRIBUTE_PER_EVENT_COUNT_LIMIT',
  OTEL_LINK_ATTRIBUTE_COUNT_LIMIT: 'OTEL_SPAN_ATTRIBUTE_PER_LINK_COUNT_LIMIT',
};

/** The variables that are set to something that can be read. */
export class ReadEnvironment {
  /** What parts of the SDK that read the environment by themselves must find in place of what is there. */
  readonly corrections: Corrections;
  readonly #values = new Map<Variable, string>();

  constructor(environment: Environment) {
    const read = new Map<string, string | undefined>();
    for (const [variable, rule] of Object.entries(environmentTable)) {
      const value = textFrom(environment, variable);
      if (value === undefined) continue;
      const isRead = rule.accepts(value);
      read.set(variable, isRead ? ('isWord' in rule ? value.toLowerCase() : value) : undefined);
      if (isRead) this.#values.set(variable as Variable, value);
      else ignore(variable, value, rule.allowed);
    }
    for (const [variable, bySdk] of Object.entries(otherwiseCalled)) {
      const value = read.get(variable);
      if (value !== undefined && textFrom(environment, bySdk) === undefined) read.set(bySdk, value);
    }
    this.corrections = correctionsOf(environment, read);
    for (const [variable, allowed] of Object.entries(withoutMeaning)) {
      const value = textFrom(environment, variable);
      if (value !== undefined) ignore(variable, value, allowed);
    }
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
    return this.#values.get(variable)?.toLowerCase() as W | undefined;
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

function ignore(variable: string, value: string, allowed: string): void {
  report('SPANDREL_ENVIRONMENT_IGNORED', variable, { variable, value: shown(value), allowed });
}
