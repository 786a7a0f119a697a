import type { Page } from "./page.ts";
import { first, statement } from "./statement.ts";
import type { Account, AccountId, ApplicationId, Db, NewAccount } from "./tables.ts";

export async function insertAccount(db: Db, account: NewAccount): Promise<Account> {
  return db.insertInto("account").values(account).returningAll().executeTakeFirstOrThrow();
}

/** Takes an identity for an account, which may have it already; `false`: someone else has it. */
export async function takeIdentity(db: Db, applicationId: ApplicationId, key: string, accountId: AccountId) {
  const taken = await db
    .insertInto("identity")
    .values({ applicationId, key, accountId })
    .onConflict((c) =>
      c.columns(["applicationId", "key"]).doUpdateSet({ accountId }).where("identity.accountId", "=", accountId),
    )
    .returning("accountId")
    .executeTakeFirst();
  return taken !== undefined;
}

/** Gives an identity of an account back; `false`: it did not have it. */
export async function releaseIdentity(tx: Db, applicationId: ApplicationId, key: string, accountId: AccountId) {
  const released = await tx
    .deleteFrom("identity")
    .where("applicationId", "=", applicationId)
    .where("key", "=", key)
    .where("accountId", "=", accountId)
    .returning("key")
    .executeTakeFirst();
  return released !== undefined;
}

export const findAccount = first(
  statement<{ id: string }, Account>((db, given) =>
    db
      .selectFrom("account")
      .selectAll()
      .where("id", "=", given("id") as AccountId),
  ),
);

export const findAccountByIdentity = first(
  statement<{ applicationId: ApplicationId; key: string }, Account>((db, given) =>
    db
      .selectFrom("identity")
      .innerJoin("account", "account.id", "identity.accountId")
      .selectAll("account")
      .where("identity.applicationId", "=", given("applicationId"))
      .where("identity.key", "=", given("key")),
  ),
);

export function listAccounts(db: Db, applicationId: ApplicationId, { limit, after }: Page): Promise<Account[]> {
  return db
    .selectFrom("account")
    .selectAll()
    .where("applicationId", "=", applicationId)
    .$if(after !== undefined, (query) =>
      query.where((e) =>
        e(e.refTuple("createdAt", "id"), ">", e.tuple(after?.createdAt ?? 0, (after?.id ?? "") as AccountId)),
      ),
    )
    .orderBy("createdAt")
    .orderBy("id")
    .limit(limit)
    .execute();
}

/**
 * Signs an account in: notes the time and answers the row as it is now. No row: since its password was checked it was
 * disabled, blacklisted, deleted or given another password. Until the transaction ends no other sign-in of the account
 * can do the same, so its sessions can be counted after this statement.
 */
export function claimAccount(db: Db, { id, passwordHash }: Account, now: number): Promise<Account | undefined> {
  return db
    .updateTable("account")
    .set({ lastLoginAt: now })
    .where("id", "=", id)
    .where("status", "in", ["enabled", "guest"])
    .where("blacklistedAt", "is", null)
    .where("passwordHash", passwordHash === null ? "is" : "=", passwordHash)
    .returningAll()
    .executeTakeFirst();
}

/** Replaces a hash by one of the same password at today's cost, unless the password has been changed meanwhile. */
export async function replacePasswordHash(db: Db, account: Account, passwordHash: string): Promise<void> {
  await db
    .updateTable("account")
    .set({ passwordHash, foreignKind: null })
    .where("id", "=", account.id)
    .where("passwordHash", "=", account.passwordHash)
    .execute();
}

/** When the accounts were created that came through a door from an address without a license, newest first. */
export async function signUpsSince(
  db: Db,
  {
    applicationId,
    door,
    address,
    since,
    atMost,
  }: {
    applicationId: ApplicationId;
    door: "live" | "user-service";
    address: string;
    since: number;
    atMost: number;
  },
): Promise<number[]> {
  const rows = await db
    .selectFrom("account")
    .select("createdAt")
    .where("applicationId", "=", applicationId)
    .where("signUpAddress", "=", address)
    .where("signUpDoor", "=", door)
    .where("createdAt", ">", since)
    .orderBy("createdAt", "desc")
    .limit(atMost)
    .execute();
  return rows.map(({ createdAt }) => createdAt);
}

/** Reads an account and keeps every other transaction that wants to change or lock it waiting until this one ends. */
export function lockAccount(tx: Db, id: string): Promise<Account | undefined> {
  return tx
    .updateTable("account")
    .set((e) => ({ id: e.ref("id") }))
    .where("id", "=", id as AccountId)
    .returningAll()
    .executeTakeFirst();
}

/**
 * Lets a disabled or unconfirmed account sign in: with an identity as everybody, without one as a guest. No row: it could
 * already.
 */
export function enableAccountRow(tx: Db, { id, login, email }: Account): Promise<Account | undefined> {
  return tx
    .updateTable("account")
    .set({ status: login === null && email === null ? "guest" : "enabled" })
    .where("id", "=", id)
    .where("status", "in", ["disabled", "unconfirmed"])
    .returningAll()
    .executeTakeFirst();
}

/** No row: it is disabled already. */
export function disableAccountRow(tx: Db, id: AccountId): Promise<Account | undefined> {
  return tx
    .updateTable("account")
    .set({ status: "disabled" })
    .where("id", "=", id)
    .where("status", "!=", "disabled")
    .returningAll()
    .executeTakeFirst();
}

/** Blacklists an account or takes it off. No row: it is so already. */
export function setAccountBlacklisted(
  tx: Db,
  id: AccountId,
  blacklistedAt: number | null,
): Promise<Account | undefined> {
  return tx
    .updateTable("account")
    .set({ blacklistedAt })
    .where("id", "=", id)
    .where("blacklistedAt", blacklistedAt === null ? "is not" : "is", null)
    .returningAll()
    .executeTakeFirst();
}

/** Writes what is given over a row that the caller has locked. */
export function updateAccountRow(
  tx: Db,
  id: AccountId,
  changes: Partial<Pick<Account, "login" | "email" | "passwordHash" | "locale" | "properties">> &
    Pick<Account, "updatedAt">,
): Promise<Account | undefined> {
  return tx
    .updateTable("account")
    .set({ ...changes, ...(changes.passwordHash !== undefined && { foreignKind: null }) })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
}

export function setPasswordHash(
  tx: Db,
  id: AccountId,
  passwordHash: string,
  now: number,
): Promise<Account | undefined> {
  return tx
    .updateTable("account")
    .set({ passwordHash, foreignKind: null, updatedAt: now })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
}

/** Makes a guest an account as everybody has one. No row: it is no guest of the application any more. */
export function enableGuest(
  tx: Db,
  { id, applicationId }: Pick<Account, "id" | "applicationId">,
  { email, properties, now }: { readonly email: string | null; readonly properties: string; readonly now: number },
): Promise<Account | undefined> {
  return tx
    .updateTable("account")
    .set({ status: "enabled", email, properties, updatedAt: now })
    .where("id", "=", id)
    .where("applicationId", "=", applicationId)
    .where("status", "=", "guest")
    .where("blacklistedAt", "is", null)
    .returningAll()
    .executeTakeFirst();
}

/** Confirms the address of an account. No row: it has another one by now, or may not sign in. */
export function confirmAddress(tx: Db, { id, email }: Account, now: number): Promise<Account | undefined> {
  return tx
    .updateTable("account")
    .set({ status: "enabled", updatedAt: now })
    .where("id", "=", id)
    .where("email", "=", email)
    .where("status", "in", ["enabled", "unconfirmed"])
    .where("blacklistedAt", "is", null)
    .returningAll()
    .executeTakeFirst();
}

export function dropPassword(tx: Db, id: AccountId): Promise<Account | undefined> {
  return tx
    .updateTable("account")
    .set({ passwordHash: null, foreignKind: null })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
}

/** Removes an account with its identities, and its place under the quota; its licenses stay, linked to nobody. */
export async function removeAccount(tx: Db, id: AccountId): Promise<Account | undefined> {
  const removed = await tx.deleteFrom("account").where("id", "=", id).returningAll().executeTakeFirst();
  if (removed) {
    await tx
      .updateTable("application")
      .set((e) => ({ accountCount: e("accountCount", "-", 1) }))
      .where("id", "=", removed.applicationId)
      .execute();
  }
  return removed;
}
