/**
 * Which decorator dialect this suite was compiled for, told by what a decorator is handed.
 */
export type Dialect = 'standard' | 'legacy';

let handed = 0;

function probe(_: unknown, ...more: readonly unknown[]): void {
  handed = 1 + more.length;
}

@probe
class Probed {}
void Probed;

export const dialect: Dialect = handed === 1 ? 'legacy' : 'standard';
