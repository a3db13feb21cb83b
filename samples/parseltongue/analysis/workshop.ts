// Puts the parts of the analyser together around the one graph of a tree.

import { CodeGraph } from '../graph/code-graph.js';
import { GraphBuilder } from '../graph/graph-builder.js';
import { ModuleResolver } from '../graph/module-resolver.js';
import { NameLookup } from '../graph/name-lookup.js';
import { RelationshipExtractor } from '../graph/relationship-extractor.js';
import { AnswerJudge } from '../judge/answer-judge.js';
import { FileParser } from '../parsing/file-parser.js';
import { Definitions } from '../query/definitions.js';
import { Dependents } from '../query/dependents.js';
import { QueryEngine } from '../query/query-engine.js';
import { ResultFormatter } from '../query/result-formatter.js';
import { SymbolIndex } from '../search/symbol-index.js';
import { SymbolSearch } from '../search/symbol-search.js';
import type { Project } from '../tree/project-map.js';

export interface Workshop {
  readonly graph: CodeGraph;
  readonly parser: FileParser;
  readonly builder: GraphBuilder;
  readonly relationships: RelationshipExtractor;
  readonly queries: QueryEngine;
  readonly judge: AnswerJudge;
}

export function workshopFor(files: ReadonlySet<string>, projects: readonly Project[], maxFileBytes?: number): Workshop {
  const graph = new CodeGraph();
  const lookup = new NameLookup(graph);
  const search = new SymbolSearch(graph);
  const index = new SymbolIndex(graph, search);
  const relationships = new RelationshipExtractor(graph, lookup);
  const resolver = new ModuleResolver(files, projects);
  return {
    graph,
    parser: new FileParser(maxFileBytes),
    builder: new GraphBuilder({ graph, resolver, lookup, relationships, index }),
    relationships,
    queries: new QueryEngine({
      search,
      definitions: new Definitions(graph, index),
      dependents: new Dependents(graph),
      formatter: new ResultFormatter(graph),
    }),
    judge: new AnswerJudge(graph, index, new Set(projects.map(({ name }) => name))),
  };
}
