/**
 * What the check of one program cost, and what can be made of several such.
 */
export interface Figures {
  readonly types: number;
  readonly instantiations: number;
  readonly checkMs: number;
}

export function difference(one: Figures, other: Figures): Figures {
  return {
    types: one.types - other.types,
    instantiations: one.instantiations - other.instantiations,
    checkMs: one.checkMs - other.checkMs,
  };
}

/** One part of `count` equal ones. */
export function part({ types, instantiations, checkMs }: Figures, count: number): Figures {
  return { types: types / count, instantiations: instantiations / count, checkMs: checkMs / count };
}

export function medians(taken: readonly Figures[]): Figures {
  const median = (of: (figures: Figures) => number): number =>
    taken.map(of).sort((a, b) => a - b)[Math.floor(taken.length / 2)] as number;
  return {
    types: median(({ types }) => types),
    instantiations: median(({ instantiations }) => instantiations),
    checkMs: median(({ checkMs }) => checkMs),
  };
}
