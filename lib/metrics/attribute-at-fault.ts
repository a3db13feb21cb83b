/**
 * Which attribute makes a metric have so many series: the one with the most different values.
 */

export interface AttributeAtFault {
  /** Its name. */
  readonly attribute: string;
  /** How many different values it has. */
  readonly values: number;
}

/** Of the series with these keys (`seriesKey`). Looks at all of them: for where a limit is met, not for a call. */
export function attributeAtFault(keys: Iterable<string>): AttributeAtFault {
  const valuesOf = new Map<string, Set<string>>();
  for (const key of keys) {
    for (const [name, value] of key === '' ? [] : (JSON.parse(key) as [string, unknown][])) {
      const values = valuesOf.get(name) ?? new Set();
      valuesOf.set(name, values.add(JSON.stringify(value)));
    }
  }
  let fault: AttributeAtFault = { attribute: '(none)', values: 0 };
  for (const [attribute, { size }] of valuesOf) if (size > fault.values) fault = { attribute, values: size };
  return fault;
}
