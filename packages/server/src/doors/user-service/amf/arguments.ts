import { type Fault, faults } from "@latchkey/protocol";
import { isMap, type ReadValue } from "./values.ts";

interface Kind {
  readonly isOptional?: true;
  readonly fits: (value: ReadValue) => boolean;
}

export const text: Kind = { fits: (value) => typeof value === "string" };
export const map: Kind = { fits: isMap };
/** Whether it is right is for the operation to say. */
export const anything: Kind = { fits: () => true };

/** The argument may be absent or null: what that means is for the operation to say. */
export function optional(kind: Kind): Kind {
  return { ...kind, isOptional: true };
}

/** The arguments of an operation in their order, by the names of what it is given. */
export type Arguments = Readonly<Record<string, Kind>>;

/** Gives arguments their names; those beyond the last name are ignored (US-AMF-21). */
export function readArguments(
  wanted: Arguments,
  values: readonly ReadValue[],
): { readonly given: Readonly<Record<string, ReadValue>> } | { readonly fault: Fault } {
  const named = Object.entries(wanted).map(([name, kind], index) => ({ name, kind, value: values[index] ?? null }));
  if (named.some(({ kind, value }) => value === null && !kind.isOptional))
    return { fault: faults.requiredArgumentNull };
  const present = named.filter(({ value }) => value !== null);
  if (!present.every(({ kind, value }) => kind.fits(value))) return { fault: faults.malformedRequest };
  return { given: Object.fromEntries(present.map(({ name, value }) => [name, value])) };
}
