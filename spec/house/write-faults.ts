/**
 * `npm run docs:faults`: writes the page of faults anew, after the catalogue was changed.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultsPage, faultsPagePath } from './faults-page.js';
import { root } from './project-files.js';

writeFileSync(join(root, faultsPagePath), faultsPage());
