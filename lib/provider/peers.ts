/**
 * Packages that are loaded only when they are asked for, and that the user installs: optional peers of this one.
 */
import * as modules from 'node:module';
import { isAbsolute, join } from 'node:path';
import { messageOf } from '../faults/report.js';
import { settingFault } from '../faults/setting-fault.js';

/**
 * From this file, as a dependency is found. Where it is an ES module that nobody has built (the build puts the file's name in), from
 * where the program runs.
 */
// By the namespace: of `createRequire` by its own name webpack makes `undefined` where it cannot tell from where.
const load = modules.createRequire(thisFile() ?? join(process.cwd(), 'index.js'));

/** In what is run by `node -e` or a worker's `eval` the name is a global, and no file. */
function thisFile(): string | undefined {
  try {
    return isAbsolute(__filename) ? __filename : undefined;
  } catch {
    // It is not asked by `typeof`: webpack answers that itself, and leaves the name where there is none.
    return undefined;
  }
}

/** What `detectors: ['container']` needs. It stands here so that checking settings loads no detectors. */
export const containerPackage = '@opentelemetry/resource-detector-container';

/** The package by its name. Throws a `SpandrelFault` that names it, and what asked for it. */
export function loadPeer<M>(name: string, asked: string): M {
  try {
    return load(name) as M;
  } catch (error) {
    throw settingFault('SPANDREL_PEER_MISSING', '', { asked, package: name, error: messageOf(error) });
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
