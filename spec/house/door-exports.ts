/**
 * What the doors of the package hand out, as the compiler sees it: `.ci/doors.json` names the barrels.
 */
import { join, relative, sep } from 'node:path';
import ts from 'typescript';
import { projectOptions } from '../support/in-memory-program.js';
import { root, textOf } from './project-files.js';

export interface Door {
  /** As it is imported: `spandrel/decorators`. */
  readonly specifier: string;
  /** The path of its barrel from the root. */
  readonly barrel: string;
  /** What it exports, by name, in alphabetical order; each symbol is the one that was declared. */
  readonly names: ReadonlyMap<string, ts.Symbol>;
}

export interface DoorExports {
  readonly doors: readonly Door[];
  readonly checker: ts.TypeChecker;
}

let read: DoorExports | undefined;

/** Read once for all who ask. */
export function doorExports(): DoorExports {
  read ??= readDoors();
  return read;
}

/** The path of a declaration's file from the root. */
export function fileOf(node: ts.Node): string {
  return relative(root, node.getSourceFile().fileName).split(sep).join('/');
}

/** What a name that was imported or handed on stands for. */
export function declaredSymbol(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function readDoors(): DoorExports {
  const entries = Object.entries(JSON.parse(textOf('.ci/doors.json')) as Record<string, string>);
  const barrels = entries.map(([, barrel]) => join(root, `lib/${barrel}.ts`));
  const program = ts.createProgram(barrels, projectOptions('standard'));
  const checker = program.getTypeChecker();
  const doors = entries.map(([door, barrel], at): Door => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(barrels[at] as string) as ts.SourceFile);
    // A door that is there for what it does has no exports, and is no module to the compiler.
    const exported = module === undefined ? [] : checker.getExportsOfModule(module);
    const names = exported.map((symbol): [string, ts.Symbol] => [symbol.name, declaredSymbol(symbol, checker)]);
    return {
      specifier: `spandrel${door.slice(1)}`,
      barrel: `lib/${barrel}.ts`,
      names: new Map(names.sort(([a], [b]) => (a < b ? -1 : 1))),
    };
  });
  return { doors, checker };
}
