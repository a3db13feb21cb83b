// What an expression in the place of a callee, a base class or an exported value names: `foo`, `foo.bar`, `this.bar`.

import ts from 'typescript';

export interface Named {
  /** '' when the receiver is not a plain name. */
  readonly name: string;
  /** '' when there is no receiver. */
  readonly member: string;
  readonly receiver: 'none' | 'name' | 'this' | 'super' | 'unknown';
}

/** Undefined for an expression that names nothing, such as the call of a call. */
export function namedBy(expression: ts.Node): Named | undefined {
  const core = unwrapped(expression);
  if (ts.isIdentifier(core)) return { name: core.text, member: '', receiver: 'none' };
  const access = accessed(core);
  if (!access) return undefined;
  const receiver = unwrapped(access.receiver);
  if (ts.isIdentifier(receiver)) return { name: receiver.text, member: access.member, receiver: 'name' };
  if (receiver.kind === ts.SyntaxKind.ThisKeyword) return { name: '', member: access.member, receiver: 'this' };
  if (receiver.kind === ts.SyntaxKind.SuperKeyword) return { name: '', member: access.member, receiver: 'super' };
  return { name: '', member: access.member, receiver: 'unknown' };
}

/** Without what changes nothing about the name: `(x)`, `x!`, `x as T`, `x<T>`, and `(0, x.y)` as compilers write it. */
function unwrapped(expression: ts.Node): ts.Node {
  let node = expression;
  for (;;) {
    if (
      ts.isParenthesizedExpression(node)
      || ts.isNonNullExpression(node)
      || ts.isAsExpression(node)
      || ts.isSatisfiesExpression(node)
      || ts.isTypeAssertionExpression(node)
      || ts.isExpressionWithTypeArguments(node)
    ) {
      node = node.expression;
    } else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.CommaToken) {
      node = node.right;
    } else {
      return node;
    }
  }
}

function accessed(node: ts.Node): { receiver: ts.Node; member: string } | undefined {
  if (ts.isPropertyAccessExpression(node)) return { receiver: node.expression, member: node.name.text };
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
    return { receiver: node.expression, member: node.argumentExpression.text };
  }
  return ts.isQualifiedName(node) ? { receiver: node.left, member: node.right.text } : undefined;
}
