// Finds everything there is to analyse before anything is analysed: which file an import means, and how long it will all
// take, can only be told when all files are known.

import { type Project, ProjectMap } from '../tree/project-map.js';
import type { SourceFile, SourceTree } from '../tree/source-tree.js';

export interface Discovery {
  readonly files: number;
  /** Projects with their files, in the order of their first file. */
  readonly projects: ReadonlyMap<Project, readonly SourceFile[]>;
}

export async function discover(tree: SourceTree, signal?: AbortSignal): Promise<Discovery> {
  const map = new ProjectMap(tree.root);
  const projects = new Map<Project, SourceFile[]>();
  let files = 0;
  for await (const file of tree.files()) {
    if (signal?.aborted) break;
    const project = await map.of(file.path);
    const known = projects.get(project);
    if (known) known.push(file);
    else projects.set(project, [file]);
    files += 1;
  }
  return { files, projects };
}
