/**
 * What an assertion that fails tells.
 */
export function messageOf(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    expect((error as Error).name).toBe('AssertionError');
    return (error as Error).message;
  }
  throw new Error('it passed');
}

export async function messageOfPromise(assertion: Promise<void>): Promise<string> {
  const error: Error = await assertion.then(
    () => new Error('it passed'),
    (thrown) => thrown,
  );
  return error.message;
}
