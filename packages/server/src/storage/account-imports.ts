import { inParts } from "./in-parts.ts";
import type { AccountId, ApplicationId, Db, NewAccount } from "./tables.ts";

export interface Identity {
  readonly applicationId: ApplicationId;
  readonly key: string;
  readonly accountId: AccountId;
}

/** Whose identities these are, of those that somebody has. */
export async function identityOwners(
  db: Db,
  applicationId: ApplicationId,
  keys: readonly string[],
): Promise<Map<string, AccountId>> {
  const owners = new Map<string, AccountId>();
  for (const part of inParts(keys)) {
    const rows = await db
      .selectFrom("identity")
      .select(["key", "accountId"])
      .where("applicationId", "=", applicationId)
      .where("key", "in", part)
      .execute();
    for (const { key, accountId } of rows) owners.set(key, accountId);
  }
  return owners;
}

/** Those of the ids that accounts have, of whatever application. */
export async function accountIdsAmong(db: Db, ids: readonly AccountId[]): Promise<Set<AccountId>> {
  const found = new Set<AccountId>();
  for (const part of inParts(ids)) {
    const rows = await db.selectFrom("account").select("id").where("id", "in", part).execute();
    for (const { id } of rows) found.add(id);
  }
  return found;
}

/** The ids of those that were inserted: another account, of whatever application, may have an id already. */
export async function insertAccounts(tx: Db, accounts: readonly NewAccount[]): Promise<Set<AccountId>> {
  const inserted = new Set<AccountId>();
  for (const part of inParts(accounts)) {
    const rows = await tx
      .insertInto("account")
      .values(part)
      .onConflict((c) => c.column("id").doNothing())
      .returning("id")
      .execute();
    for (const { id } of rows) inserted.add(id);
  }
  return inserted;
}

/** The keys that were taken; who misses one lost it to somebody else. */
export async function takeIdentities(tx: Db, identities: readonly Identity[]): Promise<Set<string>> {
  const taken = new Set<string>();
  for (const part of inParts(identities)) {
    const rows = await tx
      .insertInto("identity")
      .values(part)
      .onConflict((c) => c.columns(["applicationId", "key"]).doNothing())
      .returning("key")
      .execute();
    for (const { key } of rows) taken.add(key);
  }
  return taken;
}

/** Takes accounts back that were inserted in this very transaction, with the identities that they got. */
export async function takeBackAccounts(tx: Db, ids: readonly AccountId[]): Promise<void> {
  for (const part of inParts(ids)) await tx.deleteFrom("account").where("id", "in", part).execute();
}

export async function countMoreAccounts(tx: Db, id: ApplicationId, more: number): Promise<void> {
  await tx
    .updateTable("application")
    .set((e) => ({ accountCount: e("accountCount", "+", more) }))
    .where("id", "=", id)
    .execute();
}
