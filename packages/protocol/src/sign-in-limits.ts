import { EMAIL_REGEX } from "valibot";
import type { Refusal } from "./refusals.ts";

/** Lengths of what clients name themselves and sign in by; for the SDK, which ships without the other limits. */
export const signInLimits = {
  clientId: { min: 4, max: 64 },
  license: { min: 6, max: 64 },
  login: { min: 4, max: 320 },
  password: { min: 4, max: 64 },
} as const;

/** The two kinds of credentials of the live protocol. */
export const CredentialsType = { LoginPassword: 0, EmailPassword: 1 } as const;
export type CredentialsType = (typeof CredentialsType)[keyof typeof CredentialsType];

export interface Credentials {
  readonly login: string;
  readonly password: string;
  readonly credentialsType?: number;
  readonly license?: string;
}

export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

export function refusedClientId(clientId: string) {
  const length = codePoints(clientId);
  if (length < signInLimits.clientId.min) return "clientIdTooShort";
  if (length > signInLimits.clientId.max) return "clientIdTooLong";
  return undefined;
}

export function refusedLicense(license: string) {
  const length = codePoints(license);
  if (length < signInLimits.license.min) return "licenseTooShort";
  if (length > signInLimits.license.max) return "licenseTooLong";
  return undefined;
}

export function refusedLogin(login: string) {
  // Blanks around a login are not part of it (LP-ACC-10).
  const length = codePoints(login.trim());
  if (length < signInLimits.login.min) return "loginTooShort";
  if (length > signInLimits.login.max) return "loginTooLong";
  return undefined;
}

export function refusedPassword(password: string, minLength: number) {
  const length = codePoints(password);
  if (length < Math.max(minLength, signInLimits.password.min)) return "passwordTooShort";
  if (length > signInLimits.password.max) return "passwordTooLong";
  return undefined;
}

/**
 * The first refusal that credentials earn by their form alone, in the order of LP-ACC-9 and LP-CRED-6.
 * The server runs it before any look-up and the SDK before sending, so both give the same answer.
 */
export function refusedCredentials(
  { login, password, credentialsType = CredentialsType.LoginPassword, license }: Credentials,
  passwordMinLength: number = signInLimits.password.min,
) {
  const refused = refusedLogin(login) ?? refusedPassword(password, passwordMinLength);
  if (refused) return refused;
  const licenseRefusal = license ? refusedLicense(license) : undefined;
  if (licenseRefusal) return licenseRefusal;
  if (credentialsType !== CredentialsType.LoginPassword && credentialsType !== CredentialsType.EmailPassword) {
    return "credentialsTypeInvalid";
  }
  if (credentialsType === CredentialsType.EmailPassword && !isEmail(login)) return "emailInvalid";
  return undefined;
}

export type CredentialsRefusal = NonNullable<ReturnType<typeof refusedCredentials>> & Refusal;

/** The one idea of an e-mail address that every door has. */
export function isEmail(text: string): boolean {
  const address = text.trim();
  return address.length <= signInLimits.login.max && EMAIL_REGEX.test(address);
}

/**
 * What two spellings of one login have in common (LP-ACC-10): lower case of NFC of the trimmed text.
 * Logins and e-mail addresses of an application share one namespace of these keys.
 */
export function identityKey(login: string): string {
  return login.trim().normalize("NFC").toLowerCase();
}
