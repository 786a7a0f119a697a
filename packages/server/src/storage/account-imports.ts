import { inParts } from "./in-parts.ts";
import { first, statement } from "./statement.ts";
import type { Account, AccountId, ApplicationId, Db } from "./tables.ts";

/** Never one that somebody signed up for, never a guest's, and without what its application's providers know it by. */
export type ImportedAccount = Omit<Account, "signUpDoor" | "signUpAddress" | "lastHeldAt" | "socialIdentities">;

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

/** A row at a time, by one statement: those for many rows at once differ with their number, and each would be kept. */
const insertAccountRow = first(
  statement<ImportedAccount, Pick<Account, "id">>((db, given) =>
    db
      .insertInto("account")
      .values({
        id: given("id"),
        applicationId: given("applicationId"),
        login: given("login"),
        email: given("email"),
        passwordHash: given("passwordHash"),
        foreignKind: given("foreignKind"),
        status: given("status"),
        levels: given("levels"),
        comment: given("comment"),
        locale: given("locale"),
        properties: given("properties"),
        createdAt: given("createdAt"),
        updatedAt: given("updatedAt"),
        lastLoginAt: given("lastLoginAt"),
        blacklistedAt: given("blacklistedAt"),
      })
      .onConflict((c) => c.column("id").doNothing())
      .returning("id"),
  ),
);

const insertIdentity = first(
  statement<Identity, Pick<Identity, "key">>((db, given) =>
    db
      .insertInto("identity")
      .values({ applicationId: given("applicationId"), key: given("key"), accountId: given("accountId") })
      .onConflict((c) => c.columns(["applicationId", "key"]).doNothing())
      .returning("key"),
  ),
);

/** `false`: another account, of whatever application, has the id. */
export async function insertImported(tx: Db, account: ImportedAccount): Promise<boolean> {
  return (await insertAccountRow(tx, account)) !== undefined;
}

/** `false`: somebody else has one of them. */
export async function takeIdentities(tx: Db, identities: readonly Identity[]): Promise<boolean> {
  for (const identity of identities) if (!(await insertIdentity(tx, identity))) return false;
  return true;
}

/** Takes an account back that was inserted in this very transaction, with the identities that it got. */
export async function takeBackAccount(tx: Db, id: AccountId): Promise<void> {
  await tx.deleteFrom("account").where("id", "=", id).execute();
}

export async function countMoreAccounts(tx: Db, id: ApplicationId, more: number): Promise<void> {
  await tx
    .updateTable("application")
    .set((e) => ({ accountCount: e("accountCount", "+", more) }))
    .where("id", "=", id)
    .execute();
}
