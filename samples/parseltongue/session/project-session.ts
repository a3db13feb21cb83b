// One session with one project: parses its files, takes them into the graph of the tree, and asks about what it found.
// Sessions follow each other; each is one trace.

import { call, InFlight, Traced } from 'spandrel';
import type { CodeGraph } from '../graph/code-graph.js';
import type { FileWithFacts, GraphBuilder } from '../graph/graph-builder.js';
import type { FileParser } from '../parsing/file-parser.js';
import type { Answer } from '../query/query.js';
import type { QueryEngine } from '../query/query-engine.js';
import { FileProblem } from '../tree/file-problem.js';
import type { SourceFile } from '../tree/source-tree.js';
import { questionsAbout } from './questions.js';
import type { SessionJournal } from './session-journal.js';

export interface ProjectFiles {
  readonly name: string;
  readonly files: readonly SourceFile[];
}

/** The facts of so many files are held at once before they go into the graph, which keeps only what it needs. */
const BATCH = 400;

export class ProjectSession {
  readonly #graph: CodeGraph;
  readonly #parser: FileParser;
  readonly #builder: GraphBuilder;
  readonly #queries: QueryEngine;
  readonly #journal: SessionJournal;

  constructor(parts: { graph: CodeGraph; parser: FileParser; builder: GraphBuilder; queries: QueryEngine; journal: SessionJournal }) {
    this.#graph = parts.graph;
    this.#parser = parts.parser;
    this.#builder = parts.builder;
    this.#queries = parts.queries;
    this.#journal = parts.journal;
  }

  /** Ends early, with what was parsed so far in the graph and nothing asked, when the signal says so. */
  @Traced({
    name: 'parseltongue.session',
    attributes: {
      'project.name': call.arg(0, 'name'),
      'session.files.count': call.arg(0, 'files.length'),
      'session.queries.count': call.result('length'),
    },
  })
  @InFlight('parseltongue.active.sessions', { unit: '{session}', description: 'Sessions that have begun and not ended' })
  async run(project: ProjectFiles, signal?: AbortSignal): Promise<Answer[]> {
    this.#journal.sessionBegan(project.name);
    const first = this.#graph.nodes;
    for (let at = 0; at < project.files.length && !signal?.aborted; at += BATCH) {
      const parsed = await this.#parse(project.files.slice(at, at + BATCH), signal);
      this.#journal.built(this.#builder.build(parsed, project.name));
    }
    return signal?.aborted ? [] : this.#ask(first);
  }

  async #parse(files: readonly SourceFile[], signal: AbortSignal | undefined): Promise<FileWithFacts[]> {
    const parsed: FileWithFacts[] = [];
    for (const file of files) {
      if (signal?.aborted) break;
      parsed.push({ file, facts: await this.#parseOne(file) });
    }
    return parsed;
  }

  async #parseOne(file: SourceFile): Promise<FileWithFacts['facts']> {
    try {
      const { facts, syntaxProblems } = await this.#parser.parse(file);
      this.#journal.parsed(file, syntaxProblems);
      return facts;
    } catch (thrown) {
      this.#journal.failed(file, FileProblem.from(thrown, file.path));
      return undefined;
    }
  }

  #ask(first: number): Answer[] {
    return questionsAbout(this.#graph, first, this.#graph.nodes).map(query => {
      const answer = this.#queries.execute(query);
      this.#journal.answered(query.type);
      return answer;
    });
  }
}
