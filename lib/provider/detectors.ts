/**
 * What resource detectors find out: by name or the user's own, at once or later. One that throws, rejects or does not answer
 * costs what it would have found, and holds nothing up for longer than `detectingMs`.
 */
import type { AttributeValue } from '@opentelemetry/api';
import {
  envDetector,
  hostDetector,
  osDetector,
  processDetector,
  type Resource,
  type ResourceDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources';
import { messageOf, report } from '../faults/report.js';
import { nameOf } from './name-of.js';
import { loadPeer } from './peers.js';
import type { DetectorName } from './settings/settings.js';
import { unobserved } from './unobserved.js';

/** How long an attribute that is found out later is waited for, in milliseconds; nothing is sent before. */
export const detectingMs = 5_000;

export const containerPackage = '@opentelemetry/resource-detector-container';

type Found = Promise<AttributeValue | undefined>;

const named: { readonly [N in DetectorName]: () => ResourceDetector } = {
  env: () => envDetector,
  host: () => hostDetector,
  os: () => osDetector,
  process: () => processDetector,
  serviceinstance: () => serviceInstanceIdDetector,
  container: () =>
    loadPeer<{ containerDetector: ResourceDetector }>(containerPackage, 'the detector "container"').containerDetector,
};

/** Throws a `SpandrelFault` where the detector needs a package that is not there, and nothing else. */
export function detectedBy(given: DetectorName | ResourceDetector): Resource {
  const detector = typeof given === 'string' ? named[given]() : given;
  const failed = failureOf(typeof given === 'string' ? given : nameOf(given, 'detector'));
  try {
    const found: unknown = unobserved(() => detector.detect());
    if (isThenable(found)) {
      // As detectors of SDK 1 do: what attributes there will be is to be known at once.
      found.then(undefined, () => undefined);
      throw new TypeError('detect() gave a promise: give attributes whose values are promises');
    }
    const { attributes = {} } = found as ReturnType<ResourceDetector['detect']>;
    const sound = Object.entries(attributes).map(([name, value]): [string, AttributeValue | Found | undefined] => [
      name,
      isThenable(value) ? inTime(value as Found, failed) : value,
    ]);
    return resourceFromAttributes(Object.fromEntries(sound));
  } catch (error) {
    failed(error);
    return resourceFromAttributes({});
  }
}

/** Tells of the first failure: a detector that failed once fails with all of its attributes. */
function failureOf(what: string): (error: unknown) => void {
  let isTold = false;
  return (error) => {
    if (!isTold) report('SPANDREL_DETECTOR_FAILED', what, { what, error: messageOf(error) });
    isTold = true;
  };
}

/** The value; without one where it fails, or is not there in time. */
function inTime(value: Found, failed: (error: unknown) => void): Found {
  return new Promise((resolve) => {
    const giveUp = (error: unknown): void => {
      clearTimeout(late);
      failed(error);
      resolve(undefined);
    };
    const late = setTimeout(() => giveUp(`no answer within ${detectingMs} ms`), detectingMs);
    // It does not keep the process alive: whoever waits for what is sent does.
    late.unref();
    Promise.resolve(value).then((found) => {
      clearTimeout(late);
      resolve(found);
    }, giveUp);
  });
}

function isThenable(given: unknown): given is PromiseLike<unknown> {
  return typeof (given as { then?: unknown } | null | undefined)?.then === 'function';
}
