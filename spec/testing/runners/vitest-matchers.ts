/**
 * The types of the matchers, as a project that has Vitest writes them.
 */
import 'vitest';
import type { SpandrelMatchers } from 'spandrel/testing';

declare module 'vitest' {
  interface Matchers<T> extends SpandrelMatchers<T> {}
}
