import { type OutputOf, settingsOf } from "@latchkey/protocol";
import type { Account, Application, License } from "#storage/tables.ts";
import { accountTerms } from "./account-terms.ts";
import { levelsOf, timeFields } from "./license-terms.ts";

/** An account as answers carry it; never with anything of its password. */
export function accountOutput(account: Account): OutputOf<"showAccount">["account"] {
  const { login, email, comment, locale, updatedAt, lastLoginAt, socialIdentities } = account;
  return {
    id: account.id,
    ...(login !== null && { login }),
    ...(email !== null && { email }),
    status: account.status,
    levels: levelsOf(account),
    ...(comment !== null && { comment }),
    ...(locale !== null && { locale }),
    properties: propertiesOf(account),
    createdAt: account.createdAt,
    ...(updatedAt !== null && { updatedAt }),
    ...(lastLoginAt !== null && { lastLoginAt }),
    ...(socialIdentities !== null && { socialIdentities: subjectsIn(socialIdentities) }),
  };
}

/** The values that its columns have; those without one are not there. */
export function propertiesOf({ properties }: Pick<Account, "properties">): Record<string, unknown> {
  const value: unknown = JSON.parse(properties);
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function subjectsIn(socialIdentities: string): Record<string, string> {
  const value: unknown = JSON.parse(socialIdentities);
  const entries = typeof value === "object" && value !== null ? Object.entries<unknown>({ ...value }) : [];
  return Object.fromEntries(entries.map(([provider, subject]) => [provider, String(subject)]));
}

/** What an account's authorization is worth at this moment (LP-CRED-7). */
export function accountAuthorizationOutput(
  application: Application,
  account: Account,
  licenses: readonly License[],
  ipAddress: string,
  now: number,
): OutputOf<"getCurrentAccount"> {
  const { levels, expiresAt } = accountTerms(account, licenses, now);
  return {
    login: account.login ?? account.email ?? "",
    levels,
    ...(account.comment !== null && { comment: account.comment }),
    ipAddress,
    ...timeFields(expiresAt, now),
    licenseRequired: settingsOf(application).licenseRequired,
  };
}
