/** The program: starts telemetry, calls everything, and prints what was told. */
import { bootstrap } from 'spandrel';
import { BookStore, Refusal, Store } from './annotated.js';
import { exporting, told } from './telling.js';
import { Vault } from './vault.js';

async function attempt(work: () => unknown): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof TypeError)) throw error;
  }
}

async function main(): Promise<void> {
  const telemetry = bootstrap({ service: 'toolchains', export: exporting });
  const store = Store.open('emma', 'ulysses');
  await store.buy('emma');
  await attempt(() => store.buy('persuasion'));
  await attempt(() => store.find('emma'));
  store.find('ulysses');
  store.more('dubliners');
  store.quiet(3);
  store.secret();
  const shown = [...store.each()];
  for await (const item of store.slowly()) shown.push(item);
  if (store instanceof BookStore) await attempt(() => store.burn());
  const opened = new Vault().open('1234');
  await telemetry.flush();
  console.log(JSON.stringify({ shown, opened, ...(await told()), faults: telemetry.health().faults }, null, 2));
  await telemetry.shutdown();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
