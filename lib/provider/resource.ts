/**
 * Who is telling: the resource of every span, metric and log record, from the settings, the environment and the process.
 * The command line, the user and the host's name are left out unless a detector is asked for: they often say more than anyone
 * meant to send.
 */
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import {
  defaultResource,
  detectResources,
  envDetector,
  type Resource,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import {
  ATTR_DEPLOYMENT_ENVIRONMENT_NAME,
  ATTR_PROCESS_EXECUTABLE_NAME,
  ATTR_PROCESS_PID,
  ATTR_PROCESS_RUNTIME_DESCRIPTION,
  ATTR_PROCESS_RUNTIME_NAME,
  ATTR_PROCESS_RUNTIME_VERSION,
  ATTR_SERVICE_INSTANCE_ID,
  ATTR_SERVICE_NAME,
  ATTR_SERVICE_NAMESPACE,
  ATTR_SERVICE_VERSION,
} from '../conventions/resource.js';
import { detectedBy } from './detectors.js';
import type { ResolvedSettings } from './settings/resolve-settings.js';

/**
 * Code over environment (`OTEL_RESOURCE_ATTRIBUTES`, `OTEL_SERVICE_NAME`) over detectors, in their order, over what the process
 * knows of itself. What detectors have not found out yet comes into it later (`waitForAsyncAttributes`), within `detectingMs`.
 * Throws a `SpandrelFault` where a detector needs a package that is not there.
 */
export function resourceFor({ service, detectors }: Pick<ResolvedSettings, 'service' | 'detectors'>): Resource {
  const { name, version, namespace, environment, instance } = service;
  const executable = basename(process.execPath);
  const ofProcess = resourceFromAttributes({
    [ATTR_SERVICE_NAME]: `unknown_service:${executable}`,
    [ATTR_SERVICE_INSTANCE_ID]: randomUUID(),
    [ATTR_PROCESS_PID]: process.pid,
    [ATTR_PROCESS_EXECUTABLE_NAME]: executable,
    [ATTR_PROCESS_RUNTIME_NAME]: 'nodejs',
    [ATTR_PROCESS_RUNTIME_VERSION]: process.versions.node,
    [ATTR_PROCESS_RUNTIME_DESCRIPTION]: 'Node.js',
  });
  const given = {
    [ATTR_SERVICE_NAME]: name,
    [ATTR_SERVICE_VERSION]: version,
    [ATTR_SERVICE_NAMESPACE]: namespace,
    [ATTR_DEPLOYMENT_ENVIRONMENT_NAME]: environment,
    [ATTR_SERVICE_INSTANCE_ID]: instance,
  };
  const ofSettings = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return detectors
    .reduce((found, detector) => found.merge(detectedBy(detector)), defaultResource().merge(ofProcess))
    .merge(detectResources({ detectors: [envDetector] }))
    .merge(resourceFromAttributes(ofSettings));
}

/** Which of the processes of a service it is, as far as that is known now. */
export function instanceIn(resource: Resource): string {
  const found = resource.getRawAttributes?.().find(([name]) => name === ATTR_SERVICE_INSTANCE_ID)?.[1];
  return typeof found === 'string' ? found : randomUUID();
}
