// What is ordered, and how it will go: the sample decides it beforehand, so that a test knows what must arrive.

export type OrderKind =
  | 'fine'
  /** All went well, and took its time. */
  | 'slow'
  /** The storefront fails, after the warehouse has done its part. */
  | 'unpaid'
  /** The warehouse fails, and so does the order. */
  | 'sold-out'
  /** The warehouse fails, and the storefront makes do with something else: only the warehouse knows of a failure. */
  | 'substituted';

export interface Order {
  readonly number: number;
  readonly kind: OrderKind;
}

/** What the warehouse answers. */
export interface Reservation {
  readonly reserved: boolean;
}
