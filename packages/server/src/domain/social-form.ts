import type { Decision } from "./decision.ts";
import { type FieldsMapping, readFieldsMapping } from "./social-profile.ts";

type Unread<K extends string> = { readonly [name in K]?: unknown };
type Malformed = "signInMalformed";

/** What a client wants of a sign-in that it begins. */
export interface BegunForm {
  readonly fieldsMapping: FieldsMapping;
  /** Where it wants the token; absent: with the page that asks. */
  readonly returnUrl?: string;
  /** It wants to be sent on, to where the provider's operator has said unless it says where. */
  readonly wantsRedirect: boolean;
}

export function readBegun(
  given: Unread<"fieldsMapping" | "redirect" | "redirectAfterLoginUrl">,
): Decision<{ readonly form: BegunForm }, Malformed> {
  const { redirect, redirectAfterLoginUrl: returnUrl } = given;
  const fieldsMapping = mappingIn(given.fieldsMapping);
  if (!fieldsMapping || !isAbsentOr("boolean", redirect) || !isAbsentOr("string", returnUrl))
    return { refused: "signInMalformed" };
  const wanted = typeof returnUrl === "string" && returnUrl !== "" && redirect !== false ? returnUrl : undefined;
  const form = { fieldsMapping, wantsRedirect: redirect === true || wanted !== undefined };
  return { form: wanted === undefined ? form : { ...form, returnUrl: wanted } };
}

/** A token that a client has got at a provider, and the guest who brought it. */
export interface TokenForm {
  readonly accessToken: string;
  readonly fieldsMapping: FieldsMapping;
  readonly guestId?: string;
}

const tokenAtMost = 16_384;

export function readToken(
  given: Unread<"accessToken" | "fieldsMapping" | "guestUser">,
): Decision<{ readonly form: TokenForm }, Malformed> {
  const { accessToken, guestUser } = given;
  const fieldsMapping = mappingIn(given.fieldsMapping);
  const isToken = typeof accessToken === "string" && /^[\x21-\x7e]+$/.test(accessToken);
  if (!isToken || accessToken.length > tokenAtMost || !fieldsMapping) return { refused: "signInMalformed" };
  if (guestUser === undefined || guestUser === null) return { form: { accessToken, fieldsMapping } };
  const guestId = isObject(guestUser) ? guestUser["objectId"] : undefined;
  if (typeof guestId !== "string") return { refused: "signInMalformed" };
  return { form: { accessToken, fieldsMapping, guestId } };
}

function mappingIn(given: unknown): FieldsMapping | undefined {
  if (given === undefined || given === null) return {};
  return isObject(given) && isMapping(given) ? readFieldsMapping(given) : undefined;
}

function isObject(given: unknown): given is Readonly<Record<string, unknown>> {
  return typeof given === "object" && given !== null && !Array.isArray(given);
}

function isMapping(given: Readonly<Record<string, unknown>>): given is FieldsMapping {
  return Object.values(given).every((name) => typeof name === "string");
}

function isAbsentOr(type: "boolean" | "string", value: unknown): boolean {
  return value === undefined || value === null || typeof value === type;
}
