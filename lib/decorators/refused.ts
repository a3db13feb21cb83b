/**
 * A type that nothing can be assigned to: it stands where something is refused, and the compiler's message quotes it.
 */
export interface Refused<Reason extends string, What = never> {
  readonly refused: Reason;
  readonly what: What;
}
