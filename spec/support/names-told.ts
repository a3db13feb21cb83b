/**
 * What the operator is told of classes whose names are no good.
 */
import { recorded } from './recorded-telemetry.js';

/** What is told of names beyond `before`: every bootstrap tells again of the classes of other tests that are still there. */
export const namesTold = (before: readonly string[] = []): string[] => {
  const told = recorded.faults().flatMap(({ code, where, count }) => Array<string>(count).fill(`${code} ${where}`));
  for (const one of before) told.splice(told.indexOf(one), 1);
  return told.filter((one) => /^SPANDREL_(MINIFIED_NAME|NAMELESS_CLASS) /.test(one));
};

/** Starts telemetry; what was told of names by then. */
export const startedWith = async (): Promise<string[]> => {
  recorded.start();
  await Promise.resolve();
  return namesTold();
};
