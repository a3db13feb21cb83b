/**
 * The table: which scenario is tried with which annotations on which declaration. Combinations that say nothing, or that
 * cannot be written, are left out by rules, each with its reason.
 */
import { type AnnotationSet, told } from './annotation-sets.js';
import type { Declaration } from './declarations/declaration.js';
import type { Scenario } from './scenario.js';

export interface Case {
  readonly name: string;
  readonly declaration: Declaration;
  readonly scenario: Scenario;
  readonly set: AnnotationSet;
}

type Rule = readonly [reason: string, leavesOut: (of: Omit<Case, 'name'>) => boolean];

export const rules: readonly Rule[] = [
  [
    'an annotation of a class never reaches accessors',
    ({ declaration, set }) => declaration.getter === true && set.onClass.size > 0,
  ],
  [
    'a getter is read at once: how many run says nothing',
    ({ declaration, set }) => declaration.getter === true && set.onMember.has('in-flight'),
  ],
  [
    'a getter has no arguments, so no callback',
    ({ declaration, scenario }) => declaration.getter === true && scenario.callback !== undefined,
  ],
  [
    'a getter is no generator function',
    ({ declaration, scenario }) => declaration.getter === true && scenario.generator === true,
  ],
  [
    'a method that calls a generator function hands a generator out, which is a kind of its own',
    ({ declaration, scenario }) => declaration.plain === true && scenario.generator === true,
  ],
  [
    'this declaration has no method of its own to annotate',
    ({ declaration, set }) => declaration.on === 'class' && (set.onMember.size > 0 || set.untraced === true),
  ],
  [
    'this declaration has no class to annotate',
    ({ declaration, set }) => declaration.on === 'member' && set.onClass.size > 0,
  ],
  [
    'traced() is the only annotation of a plain function',
    ({ declaration, set }) => declaration.on === 'function' && [...set.onMember, ...set.onClass].join() !== 'traced',
  ],
  ['a plain function has no class', ({ declaration, set }) => declaration.on === 'function' && set.onClass.size > 0],
  [
    'which argument is the callback is an option of @Traced, on the method',
    ({ scenario, set }) => scenario.callback !== undefined && (!set.onMember.has('traced') || !told(set).has('traced')),
  ],
];

const isLeftOut = (of: Omit<Case, 'name'>): boolean => rules.some(([, leavesOut]) => leavesOut(of));

function namedCase(of: Omit<Case, 'name'>): Case {
  const { declaration, scenario, set } = of;
  return { ...of, name: `${declaration.name}; ${scenario.kind}, ${scenario.outcome}; ${set.name}` };
}

/** Every case of one declaration. */
export function everyCase(
  declaration: Declaration,
  scenarios: readonly Scenario[],
  sets: readonly AnnotationSet[],
): readonly Case[] {
  return scenarios
    .flatMap((scenario) => sets.map((set) => ({ declaration, scenario, set })))
    .filter((of) => !isLeftOut(of))
    .map(namedCase);
}

/**
 * Scenarios and sets in turn: over all declarations, every scenario meets every set. Of a declaration that differs from
 * another in little, `every` second or third scenario: what a method returns has nothing to do with where it stands.
 */
export function casesInTurn(
  declarations: readonly Declaration[],
  scenarios: readonly Scenario[],
  sets: readonly AnnotationSet[],
  every: (declaration: Declaration) => number,
): readonly (readonly Case[])[] {
  return declarations.map((declaration, first) => {
    const step = every(declaration);
    return scenarios.flatMap((scenario, at) => {
      const turn = first + at;
      if (turn % step !== 0) return [];
      const possible = everyCase(declaration, [scenario], sets);
      const chosen = possible[(turn / step) % possible.length];
      return chosen === undefined ? [] : [chosen];
    });
  });
}
