import { isEmail, type ProviderSettings } from "@latchkey/protocol";
import type { Decision } from "./decision.ts";
import { isColumnName } from "./user-columns.ts";
import { freeProperties } from "./user-form.ts";

/** What a provider says of a person. */
export type Claims = Readonly<Record<string, unknown>>;

export interface SocialProfile {
  /** Who it is, for ever. */
  readonly subject: string;
  /** An address of which the provider says that it has been verified; what that is worth its settings say. */
  readonly verifiedEmail?: string;
  readonly claims: Claims;
}

const subjectAtMost = 255;
const mappingsAtMost = 64;
const textAtMost = 500;

/** Who somebody is by what a provider says; refused when it names nobody. */
export function readProfile(
  settings: ProviderSettings,
  claims: Claims,
): Decision<{ readonly profile: SocialProfile }, "socialIdentityWrong"> {
  const subject = subjectText(claims[settings.kind === "oidc" ? "sub" : settings.subjectClaim]);
  if (subject === undefined) return { refused: "socialIdentityWrong" };
  const { email, email_verified: isVerified } = claims;
  const hasVerified = typeof email === "string" && isEmail(email) && (isVerified === true || isVerified === "true");
  return { profile: { subject, ...(hasVerified && { verifiedEmail: email.trim() }), claims } };
}

/** Some providers count their people. */
function subjectText(claim: unknown): string | undefined {
  if (typeof claim === "number") return Number.isSafeInteger(claim) ? `${claim}` : undefined;
  if (typeof claim !== "string" || claim.length > subjectAtMost || !/^[\x21-\x7e]+$/.test(claim)) return undefined;
  return claim;
}

/** What a client may ask to be kept: the names of properties by those of the provider. */
export type FieldsMapping = Readonly<Record<string, string>>;

/** `undefined`: more than anybody needs. */
export function readFieldsMapping(given: FieldsMapping | null | undefined): FieldsMapping | undefined {
  const entries = Object.entries(given ?? {});
  const isFit = entries.length <= mappingsAtMost && entries.every((names) => names.every((name) => name.length <= 64));
  return isFit ? Object.fromEntries(entries) : undefined;
}

/**
 * What of a person's data becomes properties of a new account. A name that is the server's or no property's is dropped
 * (US-DATA-5, 6), and so is what is not a plain value: nobody reaches an identity or a password in this way.
 */
export function mappedProperties(
  mapping: FieldsMapping,
  claims: Claims,
  identityColumn: string,
): Record<string, unknown> {
  const mapped = Object.entries(mapping).map(([claim, name]): [string, unknown] => [
    name,
    Object.hasOwn(claims, claim) ? claims[claim] : undefined,
  ]);
  const free = freeProperties(Object.fromEntries(mapped), identityColumn);
  return Object.fromEntries(Object.entries(free).filter(([name, value]) => isColumnName(name) && isPlain(value)));
}

function isPlain(value: unknown): boolean {
  if (typeof value === "string") return value.length <= textAtMost && value.isWellFormed() && !value.includes("\0");
  return typeof value === "boolean" || Number.isFinite(value);
}
