/**
 * Makes the instrument of a name once, and gives the same one ever after.
 */

/** Whoever asks for a name asks for the same kind of instrument: two definitions of one name are refused before. */
export function oncePerName(): <T>(name: string, make: () => T) => T {
  const made = new Map<string, unknown>();
  return <T>(given: string, make: () => T): T => {
    // OpenTelemetry compares instrument names without regard to case.
    const name = given.toLowerCase();
    const known = made.get(name) as T | undefined;
    if (known !== undefined) return known;
    const instrument = make();
    made.set(name, instrument);
    return instrument;
  };
}
