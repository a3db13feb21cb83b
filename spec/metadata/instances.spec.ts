/**
 * Instances are noticed once, however often they are used, and each class has its own.
 */
import { liveInstances, noticeInstance } from '../../lib/metadata/instances.js';

test('each instance once, oldest first; what is no object is none', () => {
  class One {}
  class Other {}
  const [first, second] = [new One(), new One()];
  for (const noticed of [first, second, first, first, undefined, null, 5]) noticeInstance(One, noticed);
  noticeInstance(Other, first);
  expect(liveInstances(One)).toEqual([first, second]);
  expect(liveInstances(One)[0]).toBe(first);
  expect(liveInstances(Other)).toHaveLength(1);
  expect(liveInstances(class Never {})).toEqual([]);
});
