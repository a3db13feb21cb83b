/**
 * What weaving changed on a class, and how to undo exactly that.
 */

/** A property as it was, and as it was left. */
export interface Replaced {
  readonly holder: object;
  readonly key: string | symbol;
  /** `undefined` where there was no own property. */
  readonly before: PropertyDescriptor | undefined;
  readonly after: PropertyDescriptor;
}

/** Puts the originals back, last first, where our stand-in still stands; what somebody else put there stays. */
export function unweave(replaced: readonly Replaced[]): void {
  for (const { holder, key, before, after } of [...replaced].reverse()) {
    const now = Object.getOwnPropertyDescriptor(holder, key);
    if (now === undefined || now.value !== after.value || now.get !== after.get || now.set !== after.set) continue;
    if (before === undefined) Reflect.deleteProperty(holder, key);
    // The flags stay as they are: somebody may have sealed the class meanwhile.
    else
      Reflect.defineProperty(
        holder,
        key,
        'value' in before ? { value: before.value } : { get: before.get, set: before.set },
      );
  }
}
