/**
 * Each option that takes a function, as a row: where the function goes, when it is asked, and what shows of its answer.
 */
import { call } from 'spandrel';
import type { Purpose } from './ways-to-fail.js';

/** The options of the annotations of one method. */
export interface Given {
  readonly traced?: Record<string, unknown>;
  readonly counted?: Record<string, unknown>;
  readonly timed?: Record<string, unknown>;
  readonly inFlight?: Record<string, unknown>;
}

type Probe = (...args: never[]) => unknown;

export interface Row {
  readonly option: string;
  readonly purpose: Purpose;
  /** The right answer to it. */
  readonly right: unknown;
  readonly given: (probe: Probe) => Given;
  /** Asked of calls that succeed, that fail, or of both. */
  readonly askedOf: readonly ('success' | 'failure')[];
  readonly code: 'SPANDREL_OPTION_FAILED' | 'SPANDREL_SOURCE_FAILED';
  /** Whose attributes it is for. */
  readonly attributeOf?: keyof Given;
}

const both = ['success', 'failure'] as const;

const attribute = (
  option: string,
  source: (probe: Probe) => unknown,
  askedOf: Row['askedOf'] = both,
  attributeOf: keyof Given = 'traced',
): Row => ({
  option,
  purpose: 'attribute',
  right: 'right',
  given: (probe) => ({ [attributeOf]: { attributes: { probed: source(probe) } } }),
  askedOf,
  code: 'SPANDREL_SOURCE_FAILED',
  attributeOf,
});

const option = (name: string, purpose: Purpose, right: unknown, askedOf: Row['askedOf'] = both): Row => ({
  option: name,
  purpose,
  right,
  given: (probe) => ({ traced: { [name]: probe } }),
  askedOf,
  code: 'SPANDREL_OPTION_FAILED',
});

const direct = (probe: Probe): unknown => probe;

export const rows: readonly Row[] = [
  option('name', 'name', 'right'),
  option('parent', 'parent', 'active'),
  option('links', 'links', []),
  option('expected', 'expected', true, ['failure']),
  attribute('attribute, a function', direct),
  attribute('attribute, of an argument', (probe) => call.arg(0, 'word').map(probe)),
  attribute('attribute, of this', (probe) => call.self('word').map(probe)),
  attribute('attribute, of the result', (probe) => call.result().map(probe), ['success']),
  attribute('attribute, of the error', (probe) => call.error('message').map(probe), ['failure']),
  attribute('attribute, of the outcome', (probe) => call.outcome().map(probe)),
  attribute('attribute, of a map of a map', (probe) =>
    call
      .arg(0)
      .map((given) => given)
      .map(probe),
  ),
  attribute('attribute of a counter', direct, both, 'counted'),
  attribute('attribute of a timer', direct, both, 'timed'),
  attribute('attribute of an up-down counter', direct, both, 'inFlight'),
  {
    option: 'amount',
    purpose: 'amount',
    right: 1,
    given: (probe) => ({ counted: { amount: probe } }),
    askedOf: both,
    code: 'SPANDREL_SOURCE_FAILED',
  },
];
