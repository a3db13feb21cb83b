/**
 * Checks one program once, in a process of its own, and prints what it cost as JSON: processor time, since the clock on
 * the wall tells what else the machine does. Its arguments: the compiler's package, and the project's `tsconfig.json`.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type typescript from 'typescript';
import type { Figures } from './figures.js';

const [compiler = '', config = ''] = process.argv.slice(2);
const ts = createRequire(import.meta.url)(compiler) as typeof typescript;
const { options, fileNames } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(config, ts.sys.readFile).config,
  ts.sys,
  join(config, '..'),
);
const program = ts.createProgram(fileNames, options);
// What is global is bound and made here, with or without annotations.
program.getTypeChecker();
const began = process.cpuUsage();
const found = program.getSemanticDiagnostics();
const { user, system } = process.cpuUsage(began);
if (found.length > 0) throw new Error(ts.formatDiagnostics(found, ts.createCompilerHost(options)));
const figures: Figures = {
  types: program.getTypeCount(),
  instantiations: program.getInstantiationCount(),
  checkMs: (user + system) / 1000,
};
console.log(JSON.stringify(figures));
