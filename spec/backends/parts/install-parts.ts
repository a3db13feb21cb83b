/**
 * Installs what the specs of `spec/backends` run against, where it is missing, and fails where it can't: the specs are
 * never passed over. `npm run test:backends` starts with it.
 */
import { asRoot } from './debian-package.js';
import { installCollector } from './install-collector.js';
import { installPrometheus } from './install-prometheus.js';
import { runCommand } from './run-command.js';

/** Makes the certificates of the specs about TLS. */
async function installOpenssl(): Promise<void> {
  const version = (): Promise<string> => runCommand('openssl', ['version'], { timeoutMs: 10_000 });
  const found = await version().catch(async () => {
    await asRoot(['apt-get', 'update', '-qq']);
    await asRoot(['apt-get', 'install', '-y', '--no-install-recommends', 'openssl']);
    return version();
  });
  console.log(found.trim());
}

await installOpenssl();
await installPrometheus();
await installCollector();
