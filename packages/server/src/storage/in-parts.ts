const partAtMost = 500;

/** The values in their order, no more at a time than one statement may bind, also with many columns each. */
export function* inParts<T>(values: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < values.length; from += partAtMost) yield values.slice(from, from + partAtMost);
}
