import type { Account, AccountId, AccountLink, ApplicationId, Db, LinkKind } from "./tables.ts";

/** How a link is found: by what its address holds, at an instant. */
export interface LinkSought {
  readonly applicationId: string;
  readonly kind: LinkKind;
  readonly secretHash: string;
  readonly now: number;
}

export async function insertAccountLink(tx: Db, link: AccountLink): Promise<void> {
  await tx.insertInto("accountLink").values(link).execute();
}

/** The account that a link leads to. `undefined`: it is unknown, void or expired, or its application is paused. */
export async function findLinkedAccount(
  db: Db,
  { applicationId, kind, secretHash, now }: LinkSought,
): Promise<Account | undefined> {
  return db
    .selectFrom("accountLink")
    .innerJoin("account", "account.id", "accountLink.accountId")
    .innerJoin("application", "application.id", "accountLink.applicationId")
    .selectAll("account")
    .where("accountLink.secretHash", "=", secretHash)
    .where("accountLink.applicationId", "=", applicationId as ApplicationId)
    .where("accountLink.kind", "=", kind)
    .where("accountLink.expiresAt", ">", now)
    .where("application.pausedAt", "is", null)
    .executeTakeFirst();
}

/** Takes a link away for good; `false`: it is not there any more. */
export async function useUpLink(tx: Db, { kind, secretHash, now }: LinkSought): Promise<boolean> {
  const used = await tx
    .deleteFrom("accountLink")
    .where("secretHash", "=", secretHash)
    .where("kind", "=", kind)
    .where("expiresAt", ">", now)
    .returning("secretHash")
    .executeTakeFirst();
  return used !== undefined;
}

/** Takes away an account's links of these kinds, and the mails that would have brought some. */
export async function voidLinks(tx: Db, accountId: AccountId, kinds: readonly LinkKind[]): Promise<void> {
  // The mails first: whoever is making a link for one of them comes before or after both statements, not between.
  await tx.deleteFrom("mail").where("accountId", "=", accountId).where("kind", "in", kinds).execute();
  await tx.deleteFrom("accountLink").where("accountId", "=", accountId).where("kind", "in", kinds).execute();
}

/** Links that have expired say nothing any more. */
export async function pruneLinks(db: Db, now: number): Promise<void> {
  await db.deleteFrom("accountLink").where("expiresAt", "<=", now).execute();
}
