/**
 * Private members as other compilers write them: esbuild, TypeScript for older targets. What is told is the same.
 */
import { byEsbuild, byTypeScript } from '../../support/compiled.js';
import { recorded, span } from '../../support/recorded-telemetry.js';

afterEach(() => recorded.stop());

/** Metrics of its own for each compiler: gauges also read what other tests left. */
const source = (by: string): string => `
  import { Counted, Gauged, Traced } from 'spandrel';
  export class Vault {
    static made = 0;
    @Traced() @Counted('${by}.taken') #take(amount) { return amount + 1; }
    @Traced() get #worth() { return 10; }
    @Traced() accessor #locked = true;
    @Traced() accessor open = 'open';
    @Traced() static #make() { return Vault.made += 1; }
    @Gauged('${by}.gauge') get #gauge() { return 3; }
    @Gauged('${by}.method') #method() { return 4; }
    use() {
      this.#locked = !this.#locked;
      return [this.#take(1), this.#worth, this.#locked, this.open, Vault.#make(), this.#gauge, this.#method()];
    }
  }
`;

interface Fixture {
  readonly Vault: new () => { use(): unknown[] };
}

test.each([
  ['esbuild', (text: string) => byEsbuild<Fixture>(text, '--keep-names')],
  ['esbuild-es2020', (text: string) => byEsbuild<Fixture>(text, '--keep-names', '--target=es2020')],
  ['typescript-es2015', (text: string) => byTypeScript<Fixture>(text, { target: 2 })],
  ['typescript-es2022', (text: string) => byTypeScript<Fixture>(text)],
])('by %s', async (by, compile) => {
  const { Vault } = compile(source(by));
  const vault = new Vault();
  expect(vault.use()).toEqual([2, 10, false, 'open', 1, 3, 4]);
  recorded.start();
  expect(vault.use()).toEqual([2, 10, true, 'open', 2, 3, 4]);
  // The flag is read to be turned, and read again.
  const names = ['#locked', '#take', '#worth', '#locked', 'open', '#make'];
  expect(await recorded.trees()).toEqual(names.map((name) => span(`Vault.${name}`)));
  expect(await recorded.points(`${by}.taken`)).toEqual([[{}, 1]]);
  expect(await recorded.points(`${by}.gauge`)).toEqual([[{}, 3]]);
  expect(await recorded.points(`${by}.method`)).toEqual([[{}, 4]]);
  await recorded.stop();
  expect(vault.use()).toEqual([2, 10, false, 'open', 3, 3, 4]);
  expect(await recorded.spans()).toHaveLength(6);
});
