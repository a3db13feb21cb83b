/**
 * Collects garbage now, without the process having been started for it.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** After this, objects that were reachable only from what has ended are gone, and weak references to them are empty. */
export async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // A weak reference that was looked at keeps its object until the end of the turn; promises until theirs.
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve));
    collect();
  }
}
