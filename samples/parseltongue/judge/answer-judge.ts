// Judges answers about the code: whoever names a thing that is not in the graph made it up.
//
// A symbol is there if the tree declares it, or inherits it: `Child.method` of a base class counts. Words of the language
// itself (`Promise`, `string`, `undefined`) are no claim about the tree. Everything else between backticks must be there.

import { Counted, call, log } from 'spandrel';
import type { CodeGraph } from '../graph/code-graph.js';
import type { SymbolIndex } from '../search/symbol-index.js';
import type { GivenAnswer } from './answers-file.js';
import { isWordOfTheLanguage } from './language-words.js';
import { type NamedThing, namedThings } from './named-things.js';

export interface Verdict {
  readonly given: GivenAnswer;
  /** What the answer names and the graph has. */
  readonly known: readonly string[];
  /** What it names and the graph does not have. */
  readonly invented: readonly string[];
}

export class AnswerJudge {
  readonly #graph: CodeGraph;
  readonly #index: SymbolIndex;
  readonly #packages: ReadonlySet<string>;

  constructor(graph: CodeGraph, index: SymbolIndex, packages: ReadonlySet<string>) {
    this.#graph = graph;
    this.#index = index;
    this.#packages = packages;
  }

  @Counted('parseltongue.llm.hallucination.detected', {
    unit: '{answer}',
    description: 'Answers that name something the code does not have',
    amount: call.result('invented.length').map<number>(invented => (invented === 0 ? 0 : 1)),
  })
  judge(given: GivenAnswer): Verdict {
    const known: string[] = [];
    const invented: string[] = [];
    for (const thing of namedThings(given.answer)) {
      if (this.#has(thing)) known.push(thing.name);
      else if (!isWordOfTheLanguage(thing.name)) invented.push(thing.name);
    }
    if (invented.length > 0) log.warn('names made up', { invented: invented.length, question: given.question });
    return { given, known, invented };
  }

  #has({ name, kind }: NamedThing): boolean {
    if (kind === 'package') return this.#packages.has(name);
    if (kind === 'file') return this.#index.hasFile(name);
    return this.#packages.has(name) || this.#index.qualified(name).length > 0 || this.#inherits(name);
  }

  #inherits(name: string): boolean {
    const dot = name.lastIndexOf('.');
    if (dot < 0) return false;
    const member = name.slice(dot + 1);
    const classes = [...this.#index.qualified(name.slice(0, dot))];
    const met = new Set(classes);
    for (const id of classes) {
      if (this.#graph.child(id, member) !== undefined) return true;
      for (const { kind, node } of this.#graph.outgoing(id)) {
        if (kind !== 'extends' || met.has(node)) continue;
        met.add(node);
        classes.push(node);
      }
    }
    return false;
  }
}
