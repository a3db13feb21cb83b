/**
 * Declarations as text, without what a reader of the reference does not need: bodies, comments, defaults of parameters,
 * private members; and what their comments say.
 */
import ts from 'typescript';

type FunctionLike = ts.FunctionDeclaration | ts.MethodDeclaration | ts.MethodSignature | ts.ConstructorDeclaration;

/** `function name<…>(…): Type`. A parameter with a default may be left out, so it is told with `?`. */
export function functionText(node: FunctionLike): string {
  const file = node.getSourceFile();
  const end = ('body' in node ? node.body?.pos : undefined) ?? node.end;
  let text = '';
  let at = startOf(node);
  for (const parameter of node.parameters) {
    if (parameter.initializer === undefined) continue;
    const { name, type } = parameter;
    text += `${file.text.slice(at, name.end)}?${type === undefined ? '' : `: ${type.getText()}`}`;
    at = parameter.end;
  }
  return (text + file.text.slice(at, end)).replace(/^export |^override |;$/g, '').trim();
}

/** The words in front of the members: `interface Name<…> extends Base`. */
export function headOf(node: ts.InterfaceDeclaration | ts.ClassDeclaration): string {
  const whole = node.getSourceFile().text;
  const start = startOf(node);
  return whole.slice(start, whole.lastIndexOf('{', node.members.pos)).trim();
}

/** A declaration from its first word, without the comments in it. */
export function withoutComments(node: ts.Node): string {
  return textWithoutComments(node)
    .replace(/^export /, '')
    .replace(/;$/, '');
}

/** The text of a node without comments and without the lines they leave empty. */
export function textWithoutComments(node: ts.Node): string {
  const text = node.getText();
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, text);
  let kept = '';
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    const isComment = token === ts.SyntaxKind.SingleLineCommentTrivia || token === ts.SyntaxKind.MultiLineCommentTrivia;
    if (!isComment) kept += scanner.getTokenText();
  }
  return kept.replace(/\n\s*(?=\n)/g, '');
}

export const oneLine = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/([(<[]) /g, '$1')
    .replace(/,? ([)>\]])/g, (whole, end: string) => (whole === ' >' ? whole : end))
    .replace(/(?<=[(<:] ?)\| /g, '');

/** An interface that can be called is shown as it is written. */
export function isCallable(node: ts.InterfaceDeclaration): boolean {
  return node.members.some((member) => ts.isCallSignatureDeclaration(member));
}

/** Neither `#private` members nor index signatures. */
export function isShown(node: ts.TypeElement | ts.ClassElement): boolean {
  return !(node.name !== undefined && ts.isPrivateIdentifier(node.name)) && !ts.isIndexSignatureDeclaration(node);
}

/** A constructor or method of a class, which may have overloads above it. */
export function isCode(node: ts.Node): node is ts.ConstructorDeclaration | ts.MethodDeclaration {
  return ts.isConstructorDeclaration(node) || ts.isMethodDeclaration(node);
}

/** One of the signatures that stand in place of that of the body. */
export function isOverload(node: ts.Node): boolean {
  return isCode(node) && node.body === undefined;
}

/** A node and what is below it, without bodies of functions and private members. */
export function* shownNodes(node: ts.Node): Generator<ts.Node> {
  if (ts.isBlock(node) || (ts.isClassElement(node) && !isShown(node))) return;
  yield node;
  const below: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    below.push(child);
  });
  for (const child of below) yield* shownNodes(child);
}

/** What the comment of a symbol says, with its parameters and what it throws. */
export function docOf(symbol: ts.Symbol, checker: ts.TypeChecker): string {
  const said = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  const tags = symbol.getJsDocTags(checker).map(({ name, text }) => tagText(name, ts.displayPartsToString(text)));
  return [said, ...tags.filter((tag) => tag !== '')].filter((part) => part !== '').join('\n\n');
}

/** The comment above a node that is no symbol of its own, such as a constructor. */
export function commentOf(node: ts.Node): string {
  const docs = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return docs.map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '').join('\n\n');
}

/** Whether a function has signatures beside the one of its body. */
export function hasOverloads({ declarations = [] }: ts.Symbol, node: ts.FunctionDeclaration): boolean {
  return declarations.length > 1 && node.body !== undefined;
}

function tagText(name: string, text: string): string {
  if (name === 'param') return text.replace(/^(\S+)\s+(?:- )?/, (_, parameter: string) => `\`${parameter}\`: `);
  return name === 'throws' ? `Throws ${text.replace(/^\{(.+?)\}\s*/, '$1 ')}` : '';
}

function startOf(node: ts.Node): number {
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
  const last = modifiers.at(-1);
  return last === undefined ? node.getStart() : last.end + 1;
}
