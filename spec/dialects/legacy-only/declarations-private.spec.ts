/**
 * `#private` members in the legacy dialect: compilers refuse to decorate them, so no annotation of ours is asked. The fault
 * for a compiler that would is in `contradiction-mistakes.ts`; here is what the remedy gives.
 */
import { Traced } from 'spandrel';
import { byEsbuild, byTypeScript } from '../../support/compiled.js';
import { recorded, span } from '../../support/recorded-telemetry.js';

afterEach(() => recorded.stop());

const source = `
  import { Traced } from 'spandrel';
  export class Vault {
    @Traced() #take() { return 'taken'; }
    @Traced() take() { return this.#take(); }
  }
`;

test('TypeScript (error 1206) leaves the decorator out, where its errors are ignored; the rest works', async () => {
  const { Vault } = byTypeScript<{ Vault: new () => { take(): string } }>(source);
  recorded.start();
  expect(new Vault().take()).toBe('taken');
  expect(await recorded.trees()).toEqual([span('Vault.take')]);
});

test('esbuild refuses to compile it', () => {
  expect(() => byEsbuild(source, '--log-level=silent')).toThrow();
  expect(byEsbuild(source.replaceAll('@Traced() #', '#'))).toHaveProperty('Vault');
});

test('a method that is private to TypeScript is told like any other', async () => {
  recorded.start();
  class Vault {
    @Traced()
    private take(): string {
      return 'taken';
    }
    @Traced()
    open(): string {
      return this.take();
    }
  }
  expect(new Vault().open()).toBe('taken');
  expect(await recorded.trees()).toEqual([span('Vault.open', {}, span('Vault.take'))]);
});
