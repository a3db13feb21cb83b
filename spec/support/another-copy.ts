/**
 * The package a second time in one process, as when an ES module and a CommonJS build are loaded, or two versions: all of
 * its modules anew, on the same global object.
 */
import type * as spandrel from 'spandrel';

type Copy = typeof spandrel;

/** Another copy, with OpenTelemetry copied too, or with the OpenTelemetry that is loaded already. */
export function anotherCopy(openTelemetry: 'its own' | 'ours' = 'its own'): Copy {
  const kept = openTelemetry === 'ours' ? ['@opentelemetry/api', '@opentelemetry/api-logs'] : [];
  const modules = new Map(kept.map((name) => [name, jest.requireActual<object>(name)]));
  let copy: Copy | undefined;
  jest.isolateModules(() => {
    for (const [name, module] of modules) jest.doMock(name, () => module);
    copy = jest.requireActual<Copy>('spandrel');
    for (const name of modules.keys()) jest.dontMock(name);
  });
  return copy as Copy;
}
