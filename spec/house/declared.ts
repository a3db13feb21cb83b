/**
 * One declaration as the reference shows it: its signature in TypeScript, its members, what its comment says, and the
 * types it names. The text is that of the source, without bodies and comments.
 */
import ts from 'typescript';
import {
  commentOf,
  docOf,
  functionText,
  hasOverloads,
  headOf,
  isCallable,
  isCode,
  isOverload,
  isShown,
  oneLine,
  shownNodes,
  textWithoutComments,
  withoutComments,
} from './declaration-text.js';
import { declaredSymbol, fileOf } from './door-exports.js';

export interface Member {
  /** With `?` where it may be left out. */
  readonly name: string;
  readonly type: string;
  readonly doc: string;
  /** Static, or inherited from a type that is not exported: no member of the declaration itself. */
  readonly from: string;
}

export class Declared {
  readonly symbol: ts.Symbol;
  readonly #checker: ts.TypeChecker;
  readonly #isExported: (symbol: ts.Symbol) => boolean;

  constructor(symbol: ts.Symbol, checker: ts.TypeChecker, isExported: (symbol: ts.Symbol) => boolean) {
    this.symbol = symbol;
    this.#checker = checker;
    this.#isExported = isExported;
  }

  get declarations(): readonly ts.Declaration[] {
    return this.symbol.declarations ?? [];
  }

  /** What its comment says, with `@param` and `@throws`, as Markdown without links. */
  get doc(): string {
    return docOf(this.symbol, this.#checker);
  }

  /** `function`, `class`, `interface`, `type` or `const`. */
  get kind(): string {
    const [first] = this.declarations;
    if (first === undefined) return 'nothing';
    if (ts.isFunctionDeclaration(first)) return 'function';
    if (ts.isClassDeclaration(first)) return 'class';
    if (ts.isInterfaceDeclaration(first)) return 'interface';
    return ts.isTypeAliasDeclaration(first) ? 'type' : 'const';
  }

  /** Its signature: of what has members that are listed, the first line. */
  get signature(): string {
    return this.declarations
      .map((node) => this.#signatureOf(node))
      .filter((text) => text !== '')
      .join('\n');
  }

  /** Members with a name, in the order they are written: its own, then those of types that are not exported. */
  get members(): readonly Member[] {
    const own = this.#membersOf(this.symbol, '');
    const names = new Set(own.map(({ name }) => name));
    return [...own, ...this.#bases().flatMap((base) => this.#inherited(base, names))];
  }

  /** Every type named in what is shown, once each, as it was declared; of what only the compiler works out, none. */
  get named(): readonly ts.Symbol[] {
    const found = this.declarations.flatMap((node) => [...this.#namesIn(node)]);
    return [
      ...new Set([
        ...found,
        ...this.#bases().flatMap((base) => (base.declarations ?? []).flatMap((node) => [...this.#namesIn(node)])),
      ]),
    ];
  }

  #signatureOf(node: ts.Declaration): string {
    if (ts.isFunctionDeclaration(node)) return hasOverloads(this.symbol, node) ? '' : `${functionText(node)};`;
    if (ts.isClassDeclaration(node)) return headOf(node);
    if (ts.isTypeAliasDeclaration(node)) return `${withoutComments(node)};`;
    if (ts.isInterfaceDeclaration(node)) return isCallable(node) ? withoutComments(node) : headOf(node);
    const type = this.#checker.getTypeOfSymbol(this.symbol);
    const inside = type.getProperties().length > 0 && !(type.flags & ts.TypeFlags.StringLike);
    return `const ${this.symbol.name}${inside ? '' : `: ${this.#text(type)}`};`;
  }

  #membersOf(symbol: ts.Symbol, from: string): Member[] {
    return (symbol.declarations ?? []).flatMap((node): Member[] => {
      if (ts.isInterfaceDeclaration(node)) return isCallable(node) ? [] : this.#listed(node.members, from);
      if (ts.isClassDeclaration(node)) return this.#listed(node.members, from);
      if (!ts.isVariableDeclaration(node)) return [];
      const type = this.#checker.getTypeOfSymbol(symbol);
      return type.flags & ts.TypeFlags.StringLike
        ? []
        : type.getProperties().map((property) => this.#property(property));
    });
  }

  #listed(members: readonly (ts.TypeElement | ts.ClassElement)[], from: string): Member[] {
    const overloaded = new Set(members.filter(isOverload).map((node) => node.name?.getText()));
    const shown = members.filter(
      (node) => isShown(node) && (isOverload(node) || !isCode(node) || !overloaded.has(node.name?.getText())),
    );
    return shown.map((node): Member => {
      const isStatic =
        ts.canHaveModifiers(node) &&
        (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
      const place = isStatic ? 'static' : from;
      if (ts.isConstructorDeclaration(node)) {
        return {
          name: 'constructor',
          type: functionText(node).replace(/^constructor/, ''),
          doc: commentOf(node),
          from: place,
        };
      }
      const symbol = this.#checker.getSymbolAtLocation(node.name as ts.Node) as ts.Symbol;
      const optional = 'questionToken' in node && node.questionToken !== undefined;
      const name = `${(node.name as ts.Node).getText()}${optional ? '?' : ''}`;
      return { name, type: this.#memberType(node, symbol, optional), doc: docOf(symbol, this.#checker), from: place };
    });
  }

  #memberType(node: ts.Node, symbol: ts.Symbol, optional: boolean): string {
    if (ts.isMethodSignature(node) || ts.isMethodDeclaration(node)) {
      const text = functionText(node);
      return oneLine(text.slice(text.search(/[<(]/)));
    }
    const written = (node as ts.PropertySignature).type;
    const text =
      written === undefined ? this.#text(this.#checker.getTypeOfSymbol(symbol)) : oneLine(textWithoutComments(written));
    return (optional ? text.replace(/ \| undefined$/, '') : text).replace(/^\| /, '');
  }

  /** A property of a constant object: what it takes and gives, even where the source gives that a name. */
  #property(property: ts.Symbol): Member {
    const type = this.#checker.getTypeOfSymbol(property);
    const [signature] = type.getCallSignatures();
    const text =
      signature === undefined
        ? this.#text(type)
        : this.#checker.signatureToString(signature, undefined, ts.TypeFormatFlags.NoTruncation);
    const { name, valueDeclaration } = property;
    const doc = docOf(property, this.#checker) || (valueDeclaration === undefined ? '' : commentOf(valueDeclaration));
    // Said of an optional parameter twice, and with the compiler's quotes.
    const plain = singleQuoted(text.replace(/(\?: [^,()]+?) \| undefined/g, '$1'));
    return { name, type: plain, doc, from: '' };
  }

  #text(type: ts.Type): string {
    return singleQuoted(this.#checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation));
  }

  /** Types it extends that are not exported: their members are told of as its own. */
  #bases(): ts.Symbol[] {
    return this.declarations.flatMap((node) => {
      if (!ts.isInterfaceDeclaration(node)) return [];
      const extended = (node.heritageClauses ?? []).flatMap(({ types }) => types);
      return extended
        .map(({ expression }) => this.#resolved(expression))
        .filter((base): base is ts.Symbol => base !== undefined && isOurs(base) && !this.#isExported(base));
    });
  }

  #inherited(base: ts.Symbol, hidden: ReadonlySet<string>): Member[] {
    return this.#membersOf(base, base.name).filter(({ name }) => !hidden.has(name));
  }

  *#namesIn(node: ts.Node): Generator<ts.Symbol> {
    if (ts.isTypeAliasDeclaration(node) && ts.isConditionalTypeNode(node.type)) return;
    for (const inner of shownNodes(node)) {
      const name = ts.isTypeReferenceNode(inner)
        ? inner.typeName
        : ts.isExpressionWithTypeArguments(inner)
          ? inner.expression
          : undefined;
      const symbol = name === undefined ? undefined : this.#resolved(name);
      if (symbol !== undefined && !(symbol.flags & ts.SymbolFlags.TypeParameter) && symbol !== this.symbol)
        yield symbol;
    }
  }

  #resolved(name: ts.Node): ts.Symbol | undefined {
    const symbol = this.#checker.getSymbolAtLocation(name);
    return symbol === undefined ? undefined : declaredSymbol(symbol, this.#checker);
  }
}

/** Whether it is declared in this library. */
export function isOurs({ declarations = [] }: ts.Symbol): boolean {
  return declarations.some((node) => fileOf(node).startsWith('lib/'));
}

/** As the source has its texts, where the compiler words a type. */
const singleQuoted = (text: string): string => text.replaceAll('"', "'");
