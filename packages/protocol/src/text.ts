import * as v from "valibot";

/**
 * Text that every database and every client can hold: well-formed Unicode without NUL (LP-ENV-8).
 * Lengths that have a status are judged later, by `limits.ts`.
 */
export const text = v.pipe(v.string(), v.check(isStorable, "must be well-formed Unicode without NUL"));

/** An integer count that survives JSON and SQL unharmed. */
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export function isStorable(value: string): boolean {
  return value.isWellFormed() && !value.includes("\0");
}
