// Names that belong to the language and its runtime rather than to any tree.

const WORDS = new Set([
  'any', 'async', 'await', 'bigint', 'boolean', 'class', 'const', 'default', 'export', 'extends', 'false', 'function', 'implements',
  'import', 'interface', 'let', 'never', 'new', 'null', 'number', 'object', 'private', 'protected', 'public', 'readonly', 'return',
  'static', 'string', 'super', 'symbol', 'this', 'throw', 'true', 'try', 'type', 'typeof', 'undefined', 'unknown', 'var', 'void',
  'Awaited', 'Exclude', 'Extract', 'NonNullable', 'Omit', 'Parameters', 'Partial', 'Pick', 'Readonly', 'Record', 'Required', 'ReturnType',
  'exports', 'module', 'require',
]);

/** `Promise`, and so `Promise.all`. */
export function isWordOfTheLanguage(name: string): boolean {
  const [first = ''] = name.split('.', 1);
  return WORDS.has(first) || Object.hasOwn(globalThis, first);
}
