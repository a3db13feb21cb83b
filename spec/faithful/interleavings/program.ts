/**
 * Programs made at random: calls of every kind within one another, some waited for and some not, each with steps at which
 * others may run.
 */
import fc from 'fast-check';

export const kinds = [
  'sync',
  'async',
  'generator',
  'async generator',
  'lazy promise',
  'callback',
  'observable',
] as const;

export type Kind = (typeof kinds)[number];

/** One call of a program. */
export interface Play {
  readonly kind: Kind;
  /** What it does in order: lets others run, or makes a call. */
  readonly steps: readonly Step[];
  readonly fails: boolean;
  /** Which of the ways a caller has with this kind. */
  readonly way: number;
}

export type Step = { readonly waits: true } | { readonly calls: Play; readonly waitedFor: boolean };

/** What a call fails with. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

const waiting: fc.Arbitrary<Step> = fc.constant({ waits: true });

const { play } = fc.letrec<{ play: Play; step: Step }>((tie) => ({
  step: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    waiting,
    fc.record({ calls: tie('play'), waitedFor: fc.boolean() }),
  ),
  play: fc.record({
    kind: fc.constantFrom(...kinds),
    steps: fc.array(tie('step'), { maxLength: 4 }),
    fails: fc.boolean(),
    way: fc.nat({ max: 3 }),
  }),
}));

/** A few calls made by callers that have nothing to do with each other. */
export const programs: fc.Arbitrary<readonly Play[]> = fc.array(play, { minLength: 1, maxLength: 4 });
