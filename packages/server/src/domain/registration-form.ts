import type { ApplicationSettings } from "@latchkey/protocol";
import { codePoints, isEmail } from "@latchkey/protocol";
import type { Decision } from "./decision.ts";
import { identityText, isEmpty } from "./login-form.ts";

export interface Registration {
  readonly identity: string;
  readonly login?: string;
  readonly email?: string;
  readonly password: string;
  readonly locale?: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

type FormRefusal =
  | "propertiesMalformed"
  | "objectIdNotAllowed"
  | "passwordRequired"
  | "passwordNotText"
  | "passwordRefused"
  | "identityMissing"
  | "identityEmpty"
  | "identityTooLong"
  | "loginNotText"
  | "emailInvalid"
  | "propertyMissing"
  | "propertyNameReserved";

const identityAtMost = 200;
const passwordAtMost = 256;
const localeLengths = { min: 2, max: 16 };

/** Names that the server alone writes; clients send whole objects back, so they are dropped (US-DATA-5). */
const systemNames = new Set([
  "objectId",
  "ownerId",
  "created",
  "updated",
  "lastLogin",
  "userStatus",
  "socialAccount",
  "oAuthIdentities",
  "roles",
  "user-token",
]);

/** Reads what a client wants to register, in the order of US-REG-3. */
export function readRegistration(
  given: unknown,
  { identityColumn, passwordMinLength, emailConfirmationRequired }: ApplicationSettings,
): Decision<{ readonly registration: Registration }, FormRefusal> {
  if (!isProperties(given)) return refused("propertiesMalformed");
  const { password, blUserLocale } = given;
  if (!isEmpty(given["objectId"])) return refused("objectIdNotAllowed");
  if (isEmpty(password)) return refused("passwordRequired");
  if (typeof password !== "string") return refused("passwordNotText");

  if (!Object.hasOwn(given, identityColumn)) return refused("identityMissing");
  if (isEmpty(given[identityColumn])) return refused("identityEmpty");
  const identity = identityText(given[identityColumn]);
  if (identity === undefined) return refused("loginNotText");
  if (identity === "") return refused("identityEmpty");
  if (codePoints(identity) > identityAtMost) return refused("identityTooLong");
  const email = given["email"];
  if (!isEmpty(email) && !(typeof email === "string" && isEmail(email))) return refused("emailInvalid");
  if (emailConfirmationRequired && isEmpty(email))
    return refused("email" in given ? "identityEmpty" : "propertyMissing");

  // An identity that is no address is a property too, under the name that the application gives it (US-DATA-7).
  const properties = {
    ...freeProperties(given, identityColumn),
    ...(identityColumn !== "email" && { [identityColumn]: identity }),
  };
  if (Object.keys(properties).some((name) => !isPropertyName(name))) return refused("propertyNameReserved");
  const length = codePoints(password);
  if (length < passwordMinLength || length > passwordAtMost) return refused("passwordRefused");
  const registration: Registration = {
    identity,
    ...(identityColumn !== "email" && { login: identity }),
    ...(typeof email === "string" && email !== "" && { email: email.trim() }),
    password,
    ...(isLocale(blUserLocale) && { locale: blUserLocale }),
    properties,
  };
  return { registration };
}

function isProperties(given: unknown): given is Readonly<Record<string, unknown>> {
  return typeof given === "object" && given !== null && !Array.isArray(given);
}

function refused(refusal: FormRefusal) {
  return { refused: refusal };
}

/** What is kept as it is: everything that is neither the server's nor has a column of its own. */
function freeProperties(given: Readonly<Record<string, unknown>>, identityColumn: string): Record<string, unknown> {
  const columns = new Set(["email", "password", "blUserLocale", identityColumn]);
  return Object.fromEntries(
    Object.entries(given).filter(([name]) => !name.startsWith("__") && !systemNames.has(name) && !columns.has(name)),
  );
}

/** US-DATA-6. */
function isPropertyName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name) && name !== "constructor" && name !== "prototype";
}

function isLocale(value: unknown): value is string {
  return typeof value === "string" && value.length >= localeLengths.min && value.length <= localeLengths.max;
}
