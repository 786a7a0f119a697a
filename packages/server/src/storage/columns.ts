import { jsonMembers } from "./dialects/json-member.ts";
import { statement } from "./statement.ts";
import type { Account, AccountId, ApplicationId, Column, Db } from "./tables.ts";

/** The created columns of an application, in the order of their age. */
export const columnsOf = statement<{ applicationId: ApplicationId }, Column>((db, given) =>
  db
    .selectFrom("accountColumn")
    .selectAll()
    .where("applicationId", "=", given("applicationId"))
    .orderBy("createdAt")
    .orderBy("name"),
);

/** Creates a column or replaces its definition; whoever does holds the lock of the application. */
export async function saveColumn(tx: Db, column: Column): Promise<void> {
  const { applicationId: _, name: _name, createdAt: _createdAt, ...definition } = column;
  await tx
    .insertInto("accountColumn")
    .values(column)
    .onConflict((c) => c.columns(["applicationId", "name"]).doUpdateSet(definition))
    .execute();
}

/** Removes a column and its value from every account; `false`: there is none. */
export async function removeColumn(tx: Db, applicationId: ApplicationId, name: string): Promise<boolean> {
  const removed = await tx
    .deleteFrom("accountColumn")
    .where("applicationId", "=", applicationId)
    .where("name", "=", name)
    .returning("name")
    .executeTakeFirst();
  if (!removed) return false;
  const json = jsonMembers(tx);
  await tx
    .updateTable("account")
    .set((e) => ({ properties: json.without(e.ref("properties"), name) }))
    .where("applicationId", "=", applicationId)
    .where((e) => e(json.member(e.ref("properties"), name), "is not", null))
    .execute();
  return true;
}

/** One value of a column that refuses repeats. */
export interface UniqueValue {
  readonly applicationId: ApplicationId;
  readonly columnName: string;
  readonly valueHash: string;
  readonly accountId: AccountId;
}

/** Takes a value for an account; `false`: another account has it. */
export async function takeValue(tx: Db, value: UniqueValue): Promise<boolean> {
  const taken = await tx
    .insertInto("uniqueValue")
    .values(value)
    .onConflict((c) => c.columns(["applicationId", "columnName", "valueHash"]).doNothing())
    .returning("accountId")
    .executeTakeFirst();
  return taken !== undefined;
}

/** Gives back an account's value of a column, or, without an account, all values. */
export async function releaseValues(
  tx: Db,
  { applicationId, columnName, accountId }: Omit<UniqueValue, "valueHash" | "accountId"> & { accountId?: AccountId },
): Promise<void> {
  await tx
    .deleteFrom("uniqueValue")
    .where("applicationId", "=", applicationId)
    .where("columnName", "=", columnName)
    .$if(accountId !== undefined, (query) => query.where("accountId", "=", accountId ?? ("" as AccountId)))
    .execute();
}

const accountsAtATime = 500;

/** The accounts that have a value in a column, in the order of their ids. */
export async function* accountsWith(
  tx: Db,
  { applicationId, name }: Pick<Column, "applicationId" | "name">,
): AsyncGenerator<Pick<Account, "id" | "properties">> {
  const json = jsonMembers(tx);
  let after = "" as AccountId;
  for (;;) {
    const accounts = await tx
      .selectFrom("account")
      .select(["id", "properties"])
      .where("applicationId", "=", applicationId)
      .where("id", ">", after)
      .where((e) => e(json.member(e.ref("properties"), name), "is not", null))
      .orderBy("id")
      .limit(accountsAtATime)
      .execute();
    yield* accounts;
    const last = accounts.at(-1);
    if (!last || accounts.length < accountsAtATime) return;
    after = last.id;
  }
}
