/**
 * The language's own generator functions and objects, which have no global names.
 */
const generatorFunction = Object.getPrototypeOf(function* () {}) as { prototype: object };
const asyncGeneratorFunction = Object.getPrototypeOf(async function* () {}) as { prototype: object };

/** Whether calling `value` makes a generator and runs nothing of its body yet. */
export function isGeneratorFunction(value: object): boolean {
  const kind: unknown = Object.getPrototypeOf(value);
  return kind === generatorFunction || kind === asyncGeneratorFunction;
}

/** Whether `value` is a generator object; a proxy that throws when looked at is none. */
export function isGenerator(value: object): value is Generator | AsyncGenerator {
  try {
    return (
      Object.prototype.isPrototypeOf.call(generatorFunction.prototype, value) ||
      Object.prototype.isPrototypeOf.call(asyncGeneratorFunction.prototype, value)
    );
  } catch {
    return false;
  }
}
