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

/** Whether it is the prototype of all generator objects, or of all async ones. */
export function isGeneratorPrototype(prototype: object): boolean {
  return prototype === generatorFunction.prototype || prototype === asyncGeneratorFunction.prototype;
}
