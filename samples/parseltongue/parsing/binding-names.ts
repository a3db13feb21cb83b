// The names a declaration introduces: `a`, or every one of `{ a, b: { c }, ...rest }`, with what each is taken from.

import ts from 'typescript';

export interface BoundName {
  readonly node: ts.Identifier;
  /** The property it is taken from at the first level (`b` of `{ b: x }`), undefined deeper down or when computed. */
  readonly property: string | undefined;
}

export function bindingNames(name: ts.BindingName): BoundName[] {
  if (ts.isIdentifier(name)) return [{ node: name, property: undefined }];
  const found: BoundName[] = [];
  const patterns: ts.BindingPattern[] = [name];
  for (let pattern = patterns.pop(); pattern; pattern = patterns.pop()) {
    for (const element of pattern.elements) {
      if (!ts.isBindingElement(element)) continue;
      if (!ts.isIdentifier(element.name)) {
        patterns.push(element.name);
        continue;
      }
      const from = element.propertyName ?? element.name;
      const plain = pattern === name && !element.dotDotDotToken && (ts.isIdentifier(from) || ts.isStringLiteralLike(from));
      found.push({ node: element.name, property: plain ? from.text : undefined });
    }
  }
  return found;
}
