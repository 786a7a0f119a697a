import type { Account, AccountId, ApplicationId, Db, SocialIdentity } from "./tables.ts";

/** Whom a person signs in as who has signed in at a provider. */
export type SocialKey = Pick<SocialIdentity, "applicationId" | "issuer" | "subject">;

export function findAccountBySocialIdentity(
  db: Db,
  { applicationId, issuer, subject }: SocialKey,
): Promise<Account | undefined> {
  return db
    .selectFrom("socialIdentity")
    .innerJoin("account", "account.id", "socialIdentity.accountId")
    .selectAll("account")
    .where("socialIdentity.applicationId", "=", applicationId)
    .where("socialIdentity.issuer", "=", issuer)
    .where("socialIdentity.subject", "=", subject)
    .executeTakeFirst();
}

/** Ties a person to an account whose row this transaction has; answers it as it is then. No row: somebody was faster. */
export async function tieSocialIdentity(tx: Db, identity: SocialIdentity): Promise<Account | undefined> {
  const tied = await tx
    .insertInto("socialIdentity")
    .values(identity)
    .onConflict((c) => c.columns(["applicationId", "issuer", "subject"]).doNothing())
    .returning("accountId")
    .executeTakeFirst();
  return tied && showSocialIdentities(tx, identity.accountId);
}

/** Unties an account from everybody who has not proven to have this address; `true`: somebody who has is left. */
export async function keepProven(
  tx: Db,
  { applicationId, accountId, key }: { applicationId: ApplicationId; accountId: AccountId; key: string },
): Promise<boolean> {
  await tx
    .deleteFrom("socialIdentity")
    .where("accountId", "=", accountId)
    .where((e) => e.or([e("provenKey", "is", null), e("provenKey", "!=", key)]))
    .execute();
  const left = await tx
    .selectFrom("socialIdentity")
    .select("subject")
    .where("applicationId", "=", applicationId)
    .where("accountId", "=", accountId)
    .limit(1)
    .execute();
  return left.length > 0;
}

/** Writes into the account what its owner is shown of them. */
async function showSocialIdentities(tx: Db, accountId: AccountId): Promise<Account | undefined> {
  const rows = await tx
    .selectFrom("socialIdentity")
    .select(["provider", "subject"])
    .where("accountId", "=", accountId)
    .orderBy("createdAt")
    .orderBy("issuer")
    .execute();
  const shown = Object.fromEntries(rows.map(({ provider, subject }) => [provider, subject]));
  return tx
    .updateTable("account")
    .set({ socialIdentities: JSON.stringify(shown) })
    .where("id", "=", accountId)
    .returningAll()
    .executeTakeFirst();
}
