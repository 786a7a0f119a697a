import { codePoints, isEmail, isStorable } from "@latchkey/protocol";
import type { Decision } from "./decision.ts";
import type { Properties } from "./fit-properties.ts";
import { identityText, isEmpty } from "./login-form.ts";
import { isSystemName } from "./user-columns.ts";

const identityAtMost = 200;
const passwordAtMost = 256;
const localeLengths = { min: 2, max: 16 };

/** The members of what a client sends; `undefined`: it is no object, or has text that cannot be stored. */
export function readProperties(given: unknown): Properties | undefined {
  if (typeof given !== "object" || given === null || Array.isArray(given) || !isStorableValue(given)) return undefined;
  return { ...given };
}

/** What an account signs in by; empty text has been looked for before (US-DATA-8). */
export function readIdentity(
  given: unknown,
): Decision<{ readonly identity: string }, "identityEmpty" | "identityTooLong" | "loginNotText"> {
  const identity = identityText(given);
  if (identity === undefined) return { refused: "loginNotText" };
  if (identity === "") return { refused: "identityEmpty" };
  return codePoints(identity) > identityAtMost ? { refused: "identityTooLong" } : { identity };
}

/** An address, or nothing. */
export function isAddressOrEmpty(email: unknown): boolean {
  return isEmpty(email) || (typeof email === "string" && isEmail(email));
}

/** US-REG-4. */
export function isPasswordAllowed(password: string, passwordMinLength: number): boolean {
  const length = codePoints(password);
  return length >= passwordMinLength && length <= passwordAtMost;
}

/** US-DATA-12. */
export function isLocale(value: unknown): value is string {
  return typeof value === "string" && value.length >= localeLengths.min && value.length <= localeLengths.max;
}

/** What is left for the columns: everything that is neither the server's nor has a place of its own. */
export function freeProperties(given: Properties, identityColumn: string): Properties {
  const places = new Set(["email", "password", "blUserLocale", identityColumn]);
  return Object.fromEntries(Object.entries(given).filter(([name]) => !isSystemName(name) && !places.has(name)));
}

function isStorableValue(value: unknown): boolean {
  if (typeof value === "string") return isStorable(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([name, member]) => isStorable(name) && isStorableValue(member));
}
