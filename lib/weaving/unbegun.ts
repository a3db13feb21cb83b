/** What stands for what an advice remembers that has not begun, or could not. */
export const unbegun = Symbol('unbegun');
