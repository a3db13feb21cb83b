/**
 * `npm run docs:reference`: writes the reference of all that can be imported anew, after types or their comments were
 * changed.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './project-files.js';
import { referencePage, referencePagePath } from './reference-page.js';

writeFileSync(join(root, referencePagePath), referencePage());
