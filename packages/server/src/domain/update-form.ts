import type { Account } from "#storage/tables.ts";
import { propertiesOf } from "./account-output.ts";
import type { Decision } from "./decision.ts";
import { type Fitted, type Fitting, fitProperties, type Properties } from "./fit-properties.ts";
import { isEmpty } from "./login-form.ts";
import { freeProperties, isAddressOrEmpty, isLocale, isPasswordAllowed, readIdentity } from "./user-form.ts";

/** What is to change in an account; what is not here stays. */
export interface Update {
  readonly login?: string;
  readonly email?: string | null;
  readonly password?: string;
  readonly locale?: string;
  readonly fitted: Fitted;
}

export type UpdateRefusal =
  | "passwordNotText"
  | "loginNotText"
  | "identityTooLong"
  | "emailInvalid"
  | "propertyEmpty"
  | "propertyNameReserved"
  | "propertyTypeMismatch"
  | "tooManyColumns"
  | "passwordRefused"
  | "notAllowed"
  | "updateOfOthersForbidden";

/**
 * Reads what is to change in an account, in the order of registration (US-UPD-7). Clients send whole objects back: what
 * has no value may be sent without one.
 */
export function readUpdate(
  form: Properties,
  account: Account,
  { isOthers, ...fitting }: Fitting & { readonly isOthers: boolean },
): Decision<{ readonly update: Update }, UpdateRefusal> {
  const { identityColumn, passwordMinLength } = fitting.settings;
  const { password, email, blUserLocale } = form;
  const place = identityColumn === "email" ? "email" : "login";
  const present = { ...propertiesOf(account), [identityColumn]: account[place] };
  const isEmptied = (name: string) => Object.hasOwn(form, name) && isEmpty(form[name]) && !isEmpty(present[name]);

  if (Object.hasOwn(form, "password") && isEmpty(password)) return { refused: "propertyEmpty" };
  if (password !== undefined && typeof password !== "string") return { refused: "passwordNotText" };
  if (isEmptied(identityColumn)) return { refused: "propertyEmpty" };
  const identity = isEmpty(form[identityColumn]) ? undefined : readIdentity(form[identityColumn]);
  if (identity?.refused) return { refused: identity.refused === "identityEmpty" ? "propertyEmpty" : identity.refused };
  if (!isAddressOrEmpty(email)) return { refused: "emailInvalid" };

  const required = fitting.columns.filter(({ presence }) => presence === "required");
  if (required.some(({ name }) => isEmptied(name))) return { refused: "propertyEmpty" };
  const fitted = fitProperties(withoutShown(freeProperties(form, identityColumn), account, fitting), fitting);
  if (fitted.refused) return fitted;
  if (password !== undefined && !isPasswordAllowed(password, passwordMinLength)) return { refused: "passwordRefused" };

  if (account.status === "guest" && (identity || password !== undefined)) return { refused: "notAllowed" };
  const isIdentityChanged = identity !== undefined && identity.identity !== account[place];
  if (isOthers && (isIdentityChanged || password !== undefined)) return { refused: "updateOfOthersForbidden" };
  const update: Update = {
    ...(Object.hasOwn(form, "email") && { email: typeof email === "string" && email !== "" ? email.trim() : null }),
    ...(identity && { [place]: identity.identity }),
    ...(password !== undefined && { password }),
    ...(isLocale(blUserLocale) && { locale: blUserLocale }),
    fitted,
  };
  return { update };
}

/** A login that is no identity column is shown like a property, and comes back like one. */
function withoutShown(free: Properties, { login }: Account, { columns, settings }: Fitting): Properties {
  const isShown = login !== null && settings.identityColumn === "email";
  if (!isShown || columns.some(({ name }) => name === "login")) return free;
  const { login: _, ...rest } = free;
  return rest;
}
