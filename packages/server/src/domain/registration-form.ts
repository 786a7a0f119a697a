import type { ApplicationSettings } from "@latchkey/protocol";
import type { Column } from "#storage/tables.ts";
import type { Decision } from "./decision.ts";
import { type Fitted, type Fitting, fitProperties, type Properties } from "./fit-properties.ts";
import { isEmpty } from "./login-form.ts";
import { defaultOf } from "./user-columns.ts";
import {
  freeProperties,
  isAddressOrEmpty,
  isLocale,
  isPasswordAllowed,
  readIdentity,
  readProperties,
} from "./user-form.ts";

export interface Registration {
  readonly identity: string;
  readonly login?: string;
  readonly email?: string;
  readonly password: string;
  readonly locale?: string;
  /** For the columns, which are not known yet. */
  readonly properties: Properties;
}

type FormRefusal =
  | "propertiesMalformed"
  | "objectIdNotAllowed"
  | "passwordRequired"
  | "passwordNotText"
  | "identityMissing"
  | "identityEmpty"
  | "identityTooLong"
  | "loginNotText"
  | "emailInvalid"
  | "propertyMissing"
  | "propertyEmpty";

/** The id of an account that already is, if a registration names one. */
export function objectIdIn(given: unknown): string | undefined {
  const id = readProperties(given)?.["objectId"];
  return typeof id === "string" && id !== "" ? id : undefined;
}

/**
 * Reads what a client wants to register, in the order of US-REG-3 as far as no columns are concerned. No account but
 * `guestId` may be named in it.
 */
export function readRegistration(
  given: unknown,
  { identityColumn, emailConfirmationRequired }: ApplicationSettings,
  guestId: string | undefined,
): Decision<{ readonly registration: Registration }, FormRefusal> {
  const form = readProperties(given);
  if (!form) return { refused: "propertiesMalformed" };
  const { password, email, blUserLocale } = form;
  if (!isEmpty(form["objectId"]) && form["objectId"] !== guestId) return { refused: "objectIdNotAllowed" };
  if (isEmpty(password)) return { refused: "passwordRequired" };
  if (typeof password !== "string") return { refused: "passwordNotText" };

  if (!Object.hasOwn(form, identityColumn)) return { refused: "identityMissing" };
  if (isEmpty(form[identityColumn])) return { refused: "identityEmpty" };
  const read = readIdentity(form[identityColumn]);
  if (read.refused) return read;
  const { identity } = read;
  if (!isAddressOrEmpty(email)) return { refused: "emailInvalid" };
  if (emailConfirmationRequired && isEmpty(email))
    return { refused: Object.hasOwn(form, "email") ? "propertyEmpty" : "propertyMissing" };
  const registration: Registration = {
    identity,
    ...(identityColumn !== "email" && { login: identity }),
    ...(typeof email === "string" && email !== "" && { email: email.trim() }),
    password,
    ...(isLocale(blUserLocale) && { locale: blUserLocale }),
    properties: freeProperties(form, identityColumn),
  };
  return { registration };
}

type CompletionRefusal =
  | "propertyMissing"
  | "propertyEmpty"
  | "propertyNameReserved"
  | "propertyTypeMismatch"
  | "tooManyColumns"
  | "passwordRefused";

/** The rest of the order, which begins with the columns; a guest has properties already. */
export function completeRegistration(
  { properties, password }: Registration,
  present: Properties,
  fitting: Fitting,
): Decision<Fitted, CompletionRefusal> {
  const given = withDefaults({ ...present, ...properties }, fitting.columns);
  for (const { name, presence } of fitting.columns) {
    if (presence === "optional") continue;
    if (!Object.hasOwn(given, name)) return { refused: "propertyMissing" };
    if (isEmpty(given[name])) return { refused: "propertyEmpty" };
  }
  const fitted = fitProperties(given, fitting);
  if (fitted.refused) return fitted;
  return isPasswordAllowed(password, fitting.settings.passwordMinLength) ? fitted : { refused: "passwordRefused" };
}

/** What an account begins with that nobody has given any properties. */
export function defaultProperties(columns: readonly Column[]): Fitted {
  return { values: new Map(Object.entries(withDefaults({}, columns))), changed: [] };
}

function withDefaults(given: Properties, columns: readonly Column[]): Properties {
  const defaults = columns.filter(({ defaultValue }) => defaultValue !== null);
  return { ...Object.fromEntries(defaults.map((column) => [column.name, defaultOf(column)])), ...given };
}
