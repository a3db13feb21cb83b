// Analyses one tree from beginning to end: finds its files, holds a session with each of its projects, judges answers.
// Knows nothing of the command line or of where telemetry goes: whoever calls this has called bootstrap(), or has not.

import type { GivenAnswer } from '../judge/answers-file.js';
import type { Answer } from '../query/query.js';
import { ProjectSession } from '../session/project-session.js';
import { SessionJournal } from '../session/session-journal.js';
import { type SourceFile, SourceTree } from '../tree/source-tree.js';
import { discover } from './discovery.js';
import { moreTelling } from './examples.js';
import { MemoryUse } from './memory-use.js';
import type { Report } from './report.js';
import { workshopFor } from './workshop.js';

export interface AnalysisOptions {
  /** A directory or a single file. */
  readonly path: string;
  /** Judged against the graph when it is complete; not where there is no code to judge by. */
  readonly answers?: readonly GivenAnswer[];
  /** Larger files are counted as too large. Default 16 MiB. */
  readonly maxFileBytes?: number;
  /** Called once, when it is known what there is to do. */
  readonly onDiscovered?: (found: { readonly files: number; readonly projects: number }) => void;
  /** Called after each file. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly project: string }) => void;
  /** Ends the analysis early; the report then says so. */
  readonly signal?: AbortSignal;
}

export interface Analysis {
  readonly report: Report;
  /** Held by whoever wants the gauges to go on reading: instances that are gone are no longer measured. */
  readonly alive: readonly object[];
}

/** @throws NoSuchTree if there is nothing at the path. */
export async function analyse(options: AnalysisOptions): Promise<Analysis> {
  const began = performance.now();
  const { path, answers = [], signal } = options;
  const memory = new MemoryUse();
  const tree = await SourceTree.at(path);
  const { files: found, projects } = await discover(tree, signal);
  options.onDiscovered?.({ files: found, projects: projects.size });
  const workshop = workshopFor(pathsOf(projects.values()), [...projects.keys()], options.maxFileBytes);
  const journal = new SessionJournal(progress => options.onProgress?.({ ...progress, total: found }));
  for (const directory of tree.unreadableDirectories) {
    journal.note({ path: directory, kind: 'unreadable-directory', message: `${directory} could not be listed` });
  }
  const session = new ProjectSession({ ...workshop, journal });
  let examples: readonly Answer[] = [];
  for (const [{ name }, files] of projects) {
    if (signal?.aborted) break;
    examples = moreTelling(examples, await session.run({ name, files }, signal));
  }
  const verdicts = signal?.aborted || found === 0 ? [] : answers.map(answer => workshop.judge.judge(answer));
  const { graph } = workshop;
  const report: Report = {
    root: tree.root,
    elapsedMs: performance.now() - began,
    interrupted: signal?.aborted ?? false,
    files: { found, taken: journal.done, byLanguage: journal.files },
    errors: journal.errors,
    problems: journal.problems,
    links: tree.links,
    sessions: journal.sessions,
    builds: journal.builds,
    queries: journal.queries,
    graph: { nodes: graph.nodes, edges: graph.edges, outside: journal.outside + workshop.relationships.waiting },
    examples,
    verdicts,
  };
  return { report, alive: [graph, memory] };
}

function pathsOf(projects: Iterable<readonly SourceFile[]>): Set<string> {
  const paths = new Set<string>();
  for (const files of projects) for (const { path } of files) paths.add(path);
  return paths;
}
