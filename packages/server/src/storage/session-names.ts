import type { AccountId, Db, LicenseId, Session } from "./tables.ts";

/** What sessions are authorized by, as people call it. */
export interface SessionNames {
  readonly accounts: ReadonlyMap<AccountId, string>;
  readonly licenses: ReadonlyMap<LicenseId, string>;
}

/** Of the sessions of a page. */
export async function sessionNames(db: Db, sessions: readonly Session[]): Promise<SessionNames> {
  const accountIds = sessions.flatMap(({ accountId }) => accountId ?? []);
  const licenseIds = sessions.flatMap(({ licenseId }) => licenseId ?? []);
  const accounts =
    accountIds.length === 0
      ? []
      : await db.selectFrom("account").select(["id", "login", "email"]).where("id", "in", accountIds).execute();
  const licenses =
    licenseIds.length === 0
      ? []
      : await db.selectFrom("license").select(["id", "key"]).where("id", "in", licenseIds).execute();
  return {
    accounts: new Map(accounts.map(({ id, login, email }) => [id, login ?? email ?? ""])),
    licenses: new Map(licenses.map(({ id, key }) => [id, key])),
  };
}
