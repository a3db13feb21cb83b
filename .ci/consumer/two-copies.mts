/** The ES module and the CommonJS build in one process. */
import { createRequire } from 'node:module';
import * as imported from 'spandrel';
import { agree } from './copies-agree.mjs';

await agree(imported, createRequire(import.meta.url)('spandrel'));
