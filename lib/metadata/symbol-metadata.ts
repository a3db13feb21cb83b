/**
 * Gives `Symbol.metadata` to a runtime that lacks it (Node 20 does), so that compilers hand decorators a metadata
 * object. It must have run before an annotated class is evaluated. `sideEffects` of package.json does not name it: who reads
 * metadata takes the symbol from here, and a bundler that keeps one keeps the other.
 */
const symbols = Symbol as { metadata?: symbol };

if (symbols.metadata === undefined) {
  // The registered symbol is what esbuild and other polyfills fall back to, so all agree on one key.
  Object.defineProperty(Symbol, 'metadata', { value: Symbol.for('Symbol.metadata') });
}

/** The key under which a class of the standard dialect carries its metadata object. */
export const metadataSymbol: symbol = symbols.metadata as symbol;
