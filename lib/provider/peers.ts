/**
 * Packages that are loaded only when they are asked for, and that the user installs: optional peers of this one.
 */
import { createRequire } from 'node:module';
import { isAbsolute, join } from 'node:path';
import { SpandrelFault } from '../faults/fault.js';
import { messageOf } from '../faults/report.js';

/**
 * From this file, as a dependency is found. Where it is an ES module that nobody has built (the build puts the file's name in), from
 * where the program runs.
 */
const load = createRequire(
  // In what is run by `node -e` or a worker's `eval` the name is a global, and no file.
  typeof __filename === 'string' && isAbsolute(__filename) ? __filename : join(process.cwd(), 'index.js'),
);

/** The package by its name. Throws a `SpandrelFault` that names it, and what asked for it. */
export function loadPeer<M>(name: string, asked: string): M {
  try {
    return load(name) as M;
  } catch (error) {
    throw new SpandrelFault('SPANDREL_PEER_MISSING', '', { asked, package: name, error: messageOf(error) });
  }
}

/** Whether the package can be loaded. */
export function hasPeer(name: string): boolean {
  try {
    load.resolve(name);
    return true;
  } catch {
    return false;
  }
}
