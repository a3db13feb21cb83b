/**
 * `node --import spandrel/register app.js`: telemetry from the environment alone, started before the program's first line. It
 * never keeps a program from starting: what is wrong is told, and the program runs without telemetry.
 */
import { bootstrap } from './bootstrap.js';
import { isSpandrelFault } from './faults/fault.js';
import { messageOf, report } from './faults/report.js';

try {
  bootstrap();
} catch (error) {
  report('SPANDREL_NOT_STARTED', '', { error: isSpandrelFault(error) ? error.message : messageOf(error) });
}
