/**
 * Bad uses, each a compile error in either dialect. The line under each comment would be a fault at run time, too.
 * What the compiler says of them is in `mistakes.spec.ts`.
 */
import { annotate, bootstrap, Counted, call, Gauged, InFlight, log, Timed, Traced, traced, Untraced } from 'spandrel';

export class Members {
  // @ts-expect-error a decorator has parentheses
  @Traced
  bareTraced(): void {}
  // @ts-expect-error a decorator has parentheses
  @Untraced
  bareUntraced(): void {}
  // @ts-expect-error a metric has a name
  @Counted()
  nameless(): void {}
  // @ts-expect-error a metric's name is a text
  @Timed(5)
  numbered(): void {}

  // @ts-expect-error an unknown option
  @Traced({ nmae: 'x' })
  unknownOption(): void {}
  // @ts-expect-error an unknown option
  @Counted('types.bad', { nmae: 'x' })
  unknownCounted(): void {}
  // @ts-expect-error a kind that does not exist
  @Traced({ kind: 'outer' })
  kind(): void {}
  // @ts-expect-error a source is no name
  @Traced({ name: call.arg(0) })
  nameOfSource(): void {}
  // @ts-expect-error a name function gives a text
  @Traced({ name: () => 5 })
  nameOfNumber(): void {}
  // @ts-expect-error a parent is no text but two
  @Traced({ parent: 'remote' })
  parent(): void {}
  // @ts-expect-error no class
  @Traced({ expected: [404] })
  expected(): void {}
  // @ts-expect-error an object is no attribute
  @Traced({ attributes: { a: { b: 1 } } })
  attribute(): void {}
  // @ts-expect-error null is no attribute
  @Counted('types.bad', { attributes: { a: null } })
  nothing(): void {}
  // @ts-expect-error durations have their units
  @Timed('types.bad', { unit: 'min' })
  unit(): void {}
  // @ts-expect-error buckets are numbers
  @Timed('types.bad', { buckets: ['1'] })
  buckets(): void {}
  // @ts-expect-error calls that do not exist
  @Counted('types.bad', { when: 'failure' })
  when(): void {}
  // @ts-expect-error an amount is a number
  @Counted('types.bad', { amount: '1' })
  amount(): void {}
  // @ts-expect-error there is no mean
  @Gauged('types.bad', { combine: 'mean' })
  combine(): number {
    return 1;
  }
  // @ts-expect-error a gauge is not selected by a class
  @Gauged('types.bad', { include: ['a'] })
  selected(): number {
    return 1;
  }
  // @ts-expect-error an index is a number
  @Traced({ attributes: { a: call.arg('0') } })
  index(): void {}

  // @ts-expect-error the result is not known when the call begins
  @Traced({ parent: call.result('headers') })
  parentOfResult(): void {}
  // @ts-expect-error nor when links are made
  @Traced({ links: call.error() })
  linksOfError(): void {}
  // @ts-expect-error nor when the call goes up
  @InFlight('types.bad', { attributes: { size: call.result('length') } })
  flightOfResult(): void {}
  // @ts-expect-error a collection has no arguments
  @Gauged('types.bad', { attributes: { size: call.arg(0) } })
  gaugeOfArgument(): number {
    return 1;
  }
  // @ts-expect-error an outcome is no number
  @Counted('types.bad', { amount: call.outcome() })
  amountOfOutcome(): void {}
  // @ts-expect-error a method selects no methods
  @Traced({ include: ['kind'] })
  selecting(): void {}

  // @ts-expect-error a gauge reads numbers
  @Gauged('types.bad')
  get text(): string {
    return '';
  }
  // @ts-expect-error a gauge gives no arguments
  @Gauged('types.bad')
  counting(of: string): number {
    return of.length;
  }
  // @ts-expect-error a gauge does not wait
  @Gauged('types.bad')
  async waiting(): Promise<number> {
    return 1;
  }

  // @ts-expect-error on a field
  @Traced()
  field = 1;
  // @ts-expect-error on a field that holds a function
  @Counted('types.bad')
  arrow = (): void => {};
}

// @ts-expect-error a gauge needs a member
@Gauged('types.bad')
export class Gauge {}

// @ts-expect-error a class is traced, or not
@Untraced()
export class Quiet {}

// @ts-expect-error a selection is a list
@Traced({ include: 'run' })
export class Selection {}

// @ts-expect-error no method of the class
@Traced({ include: ['nope'] })
export class Typo {
  run(): void {}
}

// @ts-expect-error an accessor is no method
@Counted('types.bad', { exclude: ['size'] })
export class Accessor {
  get size(): number {
    return 1;
  }
}

// @ts-expect-error no function
traced({}, 'fn');
// @ts-expect-error options of a class
traced({ include: ['run'] }, () => 1);
// @ts-expect-error what it takes is what the function takes
traced('add', (a: number) => a)('1');
// @ts-expect-error attributes have names
annotate(5);
// @ts-expect-error a message comes first
log.info({ path: '/' });
// @ts-expect-error an unknown setting
bootstrap({ servcie: 'x' });
// @ts-expect-error a map is a function
call.arg(0).map('upper');
// @ts-expect-error the outcome is no number
call.outcome().map((outcome: number) => outcome);
