/**
 * Compiles `lib` and the specs that are run against mutants, once, file by file and without types: to `.cache/mutants`, the
 * specs of both dialects twice.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const out = '.cache/mutants';
const options = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  esModuleInterop: true,
};

function compile(folder, to, more) {
  for (const path of readdirSync(folder, { recursive: true })) {
    if (!path.endsWith('.ts')) continue;
    const { outputText } = ts.transpileModule(readFileSync(join(folder, path), 'utf8'), {
      compilerOptions: { ...options, ...more },
      fileName: path,
    });
    const file = join(to, folder, path.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, outputText);
  }
}

rmSync(out, { recursive: true, force: true });
compile('lib', `${out}/standard`, {});
for (const [dialect, more] of [
  ['standard', {}],
  ['legacy', { experimentalDecorators: true, emitDecoratorMetadata: true }],
]) {
  for (const folder of ['spec/support', 'spec/dialects']) compile(folder, `${out}/${dialect}`, more);
}
compile('spec/weaving', `${out}/standard`, {});
symlinkSync('../standard/lib', `${out}/legacy/lib`);
writeFileSync(`${out}/package.json`, '{ "type": "commonjs" }');
