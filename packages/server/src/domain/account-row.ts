import {
  type ApplicationSettings,
  codePoints,
  cutTo,
  identityKey,
  isEmail,
  limits,
  type OutputOf,
} from "@latchkey/protocol";
import type { Account } from "#storage/tables.ts";
import { levelsOf } from "./license-terms.ts";
import { propertiesOf } from "./account-output.ts";
import type { Properties } from "./fit-properties.ts";
import { isFreeName } from "./user-columns.ts";
import { isPasswordAllowed, readProperties } from "./user-form.ts";

export type AccountRow = OutputOf<"exportAccounts">["rows"][number];
type Result = OutputOf<"importAccounts">["results"][number];
export type RowRefusal = Omit<Extract<Result, { readonly outcome: "refused" }>, "outcome">;

/** What a row says of a password. */
type RowSecret =
  | { readonly password: string }
  | { readonly hash: string; readonly salt?: string }
  /** For whoever signs in by something else, or recovers a password first. */
  | "nothing";

/** An account that a row asks for; everything but its id, where the row names none, and what is kept of its password. */
export interface AskedAccount {
  readonly identityKeys: readonly string[];
  readonly account: Omit<
    Account,
    | "id"
    | "passwordHash"
    | "foreignKind"
    | "properties"
    | "signUpDoor"
    | "signUpAddress"
    | "lastHeldAt"
    | "socialIdentities"
  >;
  /** For the columns, which are not known yet. */
  readonly properties: Properties;
  readonly roles: readonly string[];
  readonly id?: string;
  readonly secret: RowSecret;
}

type Target = Pick<Account, "applicationId"> & { readonly settings: ApplicationSettings; readonly now: number };

/** The last one that has four digits for its year. */
const latestInstant = 253_402_300_799_999;

/** What many systems write for what is not there, a CSV file always. */
export function withoutEmpty(row: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).filter(([, value]) => value !== null && value !== undefined && value !== ""),
  );
}

/** Reads a row of the right shape. */
export function readAccountRow(row: AccountRow, target: Target): AskedAccount | RowRefusal {
  const { identityColumn } = target.settings;
  const login = row.login?.trim() || undefined;
  const email = row.email?.trim() || undefined;
  const isAddressIdentity = identityColumn === "email" || login === undefined;
  const identities = [login, isAddressIdentity ? email : undefined].filter((identity) => identity !== undefined);
  if (identities.length === 0) return { reason: "identityMissing" };
  if (identities.some((identity) => codePoints(identity) > limits.login.max)) return { reason: "identityTooLong" };
  if (email !== undefined && !isEmail(email)) return { reason: "emailInvalid" };

  const secret = readSecret(row, target.settings);
  if (secret !== "nothing" && "reason" in secret) return secret;
  const properties = readProperties(row.properties ?? {});
  if (!properties) return { reason: "fieldMalformed", field: "properties" };
  const reserved = Object.keys(properties).find((name) => !isPlace(name, identityColumn));
  if (reserved !== undefined) return { reason: "propertyNameReserved", field: reserved };
  const instants = readInstants(row);
  if ("reason" in instants) return instants;

  return {
    identityKeys: [...new Set(identities.map(identityKey))],
    ...(row.id !== undefined && { id: row.id }),
    secret,
    properties,
    roles: row.roles ?? [],
    account: {
      applicationId: target.applicationId,
      login: login ?? null,
      email: email ?? null,
      status: row.status ?? "enabled",
      levels: JSON.stringify(row.levels ?? []),
      comment: row.comment === undefined ? null : cutTo(row.comment, limits.comment),
      locale: row.locale ?? null,
      createdAt: instants.createdAt ?? target.now,
      updatedAt: instants.updatedAt ?? null,
      lastLoginAt: instants.lastLoginAt ?? null,
      blacklistedAt: instants.blacklistedAt ?? null,
    },
  };
}

function readSecret(
  { password, passwordHash, passwordSalt }: AccountRow,
  { passwordMinLength }: ApplicationSettings,
): RowSecret | RowRefusal {
  if (password !== undefined && passwordHash !== undefined) return { reason: "passwordTwice" };
  if (passwordHash === undefined && passwordSalt !== undefined)
    return { reason: "fieldMalformed", field: "passwordSalt" };
  if (passwordHash !== undefined) {
    return { hash: passwordHash, ...(passwordSalt !== undefined && { salt: passwordSalt }) };
  }
  if (password === undefined) return "nothing";
  return isPasswordAllowed(password, passwordMinLength) ? { password } : { reason: "passwordRefused" };
}

const instantFields = ["createdAt", "updatedAt", "lastLoginAt", "blacklistedAt"] as const;
type Instants = Partial<Record<(typeof instantFields)[number], number>>;

function readInstants(row: AccountRow): Instants | RowRefusal {
  const instants: Instants = {};
  for (const field of instantFields) {
    const given = row[field];
    if (given === undefined) continue;
    const at = typeof given === "number" ? given : Date.parse(given);
    if (!(at >= 0 && at <= latestInstant)) return { reason: "fieldMalformed", field };
    instants[field] = at;
  }
  return instants;
}

/** Whether a value can be kept under the name: `name` is there without a column, and an identity has its own place. */
function isPlace(name: string, identityColumn: string): boolean {
  return (name === "name" || isFreeName(name)) && name !== identityColumn;
}

/** An account as a row of a file; nothing for a guest, who has nothing to sign in by. */
export function accountRowOf(account: Account, roles: readonly string[]): AccountRow | undefined {
  const { login, email, status, passwordHash, comment, locale } = account;
  if (status === "guest" || (login === null && email === null)) return undefined;
  return {
    id: account.id,
    ...(login !== null && { login }),
    ...(email !== null && { email }),
    ...(passwordHash !== null && { passwordHash }),
    status,
    levels: levelsOf(account),
    ...(comment !== null && { comment }),
    ...(locale !== null && { locale }),
    ...(roles.length > 0 && { roles: [...roles] }),
    properties: propertiesOf(account),
    createdAt: account.createdAt,
    ...(account.updatedAt !== null && { updatedAt: account.updatedAt }),
    ...(account.lastLoginAt !== null && { lastLoginAt: account.lastLoginAt }),
    ...(account.blacklistedAt !== null && { blacklistedAt: account.blacklistedAt }),
  };
}
