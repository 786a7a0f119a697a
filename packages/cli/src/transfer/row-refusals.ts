import { limits, type rowRefusals } from "@latchkey/protocol";

type RowRefusal = (typeof rowRefusals)[number];

const sentences: Readonly<Record<RowRefusal, string>> = {
  rowMalformed: "it is not an object",
  fieldUnknown: "there is no such field",
  fieldMalformed: "the field does not have the form that it should have",
  identityMissing: "it has neither a login nor an e-mail address",
  identityTooLong: `what an account signs in by has at most ${limits.login.max} characters`,
  emailInvalid: "its e-mail address is not valid",
  passwordTwice: "it has a password and a hash of one",
  passwordRefused: "the password is shorter than the application's passwordMinLength, or too long",
  propertyNameReserved: "no property can have that name",
  propertyUnknown: "the application has no such column, and its dynamicSchema is off",
  propertyTypeMismatch: "a property is of another type than its column",
  propertyTaken: "another account has the value of a property that no two may have",
  tooManyColumns: "its properties ask for more columns than an application may have",
  roleNotFound: "the application has no such role",
  hashUnknown: "the hash of the password has an unknown form",
  hashTooCostly: "the hash of the password takes more time or memory than a sign-in may",
  hashKindsTooMany: "the accounts that are there have hashes of as many kinds as there may be at a time",
  firebaseHashingMissing: "a hash of Firebase needs --firebase-hashing",
  loginTaken: "another account of the application signs in by that",
  idTaken: "another account has this id",
  accountQuotaReached: "the application has as many accounts as it may have: set its accountQuota",
};

/** Why a row is refused, for people. A field's name comes from the file, so it is quoted and cut. */
export function rowRefusalText({ reason, field }: { readonly reason: RowRefusal; readonly field?: string }): string {
  return field === undefined ? sentences[reason] : `${JSON.stringify(field.slice(0, 64))}: ${sentences[reason]}`;
}
