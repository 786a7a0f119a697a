import type { Account, AccountId, ApplicationId, Db } from "./tables.ts";

/** A role of an application. */
interface Role {
  readonly applicationId: ApplicationId;
  readonly name: string;
}

/** `false`: there is one of that name. */
export async function insertRole(db: Db, role: Role): Promise<boolean> {
  const inserted = await db
    .insertInto("role")
    .values(role)
    .onConflict((c) => c.columns(["applicationId", "name"]).doNothing())
    .returning("name")
    .executeTakeFirst();
  return inserted !== undefined;
}

/** Removes a role, and takes it from every account. `false`: there was none. */
export async function removeRole(db: Db, { applicationId, name }: Role): Promise<boolean> {
  const removed = await db
    .deleteFrom("role")
    .where("applicationId", "=", applicationId)
    .where("name", "=", name)
    .returning("name")
    .executeTakeFirst();
  return removed !== undefined;
}

export async function listRoles(db: Db, applicationId: ApplicationId): Promise<string[]> {
  const query = db.selectFrom("role").select("name").where("applicationId", "=", applicationId);
  return (await query.orderBy("name").execute()).map(({ name }) => name);
}

export async function isRole(db: Db, { applicationId, name }: Role): Promise<boolean> {
  const query = db.selectFrom("role").select("name").where("applicationId", "=", applicationId);
  return (await query.where("name", "=", name).executeTakeFirst()) !== undefined;
}

/** The same, and it cannot be deleted before the transaction ends. */
export async function lockRole(tx: Db, { applicationId, name }: Role): Promise<boolean> {
  const locked = await tx
    .updateTable("role")
    .set((e) => ({ name: e.ref("name") }))
    .where("applicationId", "=", applicationId)
    .where("name", "=", name)
    .returning("name")
    .executeTakeFirst();
  return locked !== undefined;
}

/** Gives an account a role that is there; one that it has already it keeps. */
export async function giveRole(
  tx: Db,
  { id: accountId, applicationId }: Pick<Account, "id" | "applicationId">,
  name: string,
): Promise<void> {
  await tx
    .insertInto("accountRole")
    .values({ accountId, applicationId, name })
    .onConflict((c) => c.columns(["accountId", "name"]).doNothing())
    .execute();
}

export async function takeRole(tx: Db, { id: accountId }: Account, name: string): Promise<void> {
  await tx.deleteFrom("accountRole").where("accountId", "=", accountId).where("name", "=", name).execute();
}

export async function rolesOfAccount(db: Db, accountId: AccountId): Promise<string[]> {
  return (await rolesOfAccounts(db, [accountId])).get(accountId) ?? [];
}

/** The roles of some accounts, which are few. */
export async function rolesOfAccounts(db: Db, accountIds: readonly AccountId[]): Promise<Map<AccountId, string[]>> {
  const roles = new Map<AccountId, string[]>(accountIds.map((id) => [id, []]));
  if (accountIds.length === 0) return roles;
  const query = db.selectFrom("accountRole").select(["accountId", "name"]).where("accountId", "in", accountIds);
  for (const { accountId, name } of await query.orderBy("name").execute()) roles.get(accountId)?.push(name);
  return roles;
}
