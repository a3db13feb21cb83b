// What the sessions have done, counted by the program itself: for its report, and to hold the telemetry against.

import type { Extracted } from '../graph/relationship-extractor.js';
import type { SyntaxProblem } from '../parsing/file-parser.js';
import type { QueryType } from '../query/query.js';
import type { FileProblem, ProblemKind } from '../tree/file-problem.js';
import type { Language } from '../tree/language.js';
import type { SourceFile } from '../tree/source-tree.js';

export interface Problem {
  readonly path: string;
  readonly kind: ProblemKind | 'unreadable-directory';
  readonly message: string;
}

export interface FileCount {
  success: number;
  error: number;
}

export interface Progress {
  readonly done: number;
  readonly project: string;
}

/** Problems told one by one; the rest are only counted. */
const TOLD = 100;

export class SessionJournal {
  readonly files: Record<Language, FileCount> = { typescript: { success: 0, error: 0 }, javascript: { success: 0, error: 0 } };
  readonly errors = new Map<Problem['kind'], number>();
  readonly problems: Problem[] = [];
  readonly queries: Record<QueryType, number> = { definition: 0, search: 0, dependents: 0 };
  sessions = 0;
  builds = 0;
  outside = 0;
  #done = 0;
  #project = '';
  readonly #onProgress: (progress: Progress) => void;

  constructor(onProgress: (progress: Progress) => void = () => undefined) {
    this.#onProgress = onProgress;
  }

  /** Files taken up so far. */
  get done(): number {
    return this.#done;
  }

  sessionBegan(project: string): void {
    this.sessions += 1;
    this.#project = project;
  }

  parsed(file: SourceFile, syntaxProblems: readonly SyntaxProblem[]): void {
    const [first] = syntaxProblems;
    if (first) this.note({ path: `${file.path}:${first.line}`, kind: 'syntax', message: first.message });
    this.#count(file, first ? 'error' : 'success');
  }

  failed(file: SourceFile, { kind, message }: FileProblem): void {
    this.note({ path: file.path, kind, message });
    this.#count(file, 'error');
  }

  /** One file or directory in error. */
  note(problem: Problem): void {
    this.errors.set(problem.kind, (this.errors.get(problem.kind) ?? 0) + 1);
    if (this.problems.length < TOLD) this.problems.push(problem);
  }

  built({ outside }: Extracted): void {
    this.builds += 1;
    this.outside += outside;
  }

  answered(type: QueryType): void {
    this.queries[type] += 1;
  }

  #count(file: SourceFile, outcome: keyof FileCount): void {
    this.files[file.language][outcome] += 1;
    this.#done += 1;
    this.#onProgress({ done: this.#done, project: this.#project });
  }
}
