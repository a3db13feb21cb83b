/**
 * What a piece of work throws, to look at it whole.
 */
import { SpandrelFault } from 'spandrel';

/** The fault that `work` throws; anything else, or nothing, fails the test. */
export function faultOf(work: () => unknown): SpandrelFault {
  try {
    work();
  } catch (error) {
    if (error instanceof SpandrelFault) return error;
    throw error;
  }
  throw new Error('no fault was thrown');
}
