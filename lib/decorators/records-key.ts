/**
 * The key under which records can be read: `Reflect.getMetadata(recordsKey, target, member)` in the legacy dialect,
 * `Class[Symbol.metadata][recordsKey]` in the standard one. Reading is open to anyone; writing is ours.
 */
export const recordsKey = 'spandrel:records';
