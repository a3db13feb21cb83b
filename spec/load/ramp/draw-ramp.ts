/**
 * `npm run docs:ramp`: runs the ramp and draws it as `docs/images/load-ramp.svg`. Figures differ a little from run to run.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../house/project-files.js';
import { rampPicture } from './ramp-picture.js';
import { rampSamples } from './ramp-run.js';

const title =
  'The load of a process that goes from idle to 95 % busy and back, and the share of successful traces kept, which falls from 10 % to a half percent and comes back';
writeFileSync(join(root, 'docs/images/load-ramp.svg'), rampPicture(await rampSamples(), title));
