import type { ApplicationId, Db, Provider } from "./tables.ts";

export function findProvider(db: Db, applicationId: string, name: string): Promise<Provider | undefined> {
  return db
    .selectFrom("provider")
    .selectAll()
    .where("applicationId", "=", applicationId as ApplicationId)
    .where("name", "=", name)
    .executeTakeFirst();
}

export function listProviders(db: Db, applicationId: ApplicationId): Promise<Provider[]> {
  return db.selectFrom("provider").selectAll().where("applicationId", "=", applicationId).orderBy("name").execute();
}

/** Sets it up in place of the one of that name. */
export async function putProvider(db: Db, provider: Provider): Promise<void> {
  const { id, settings, sealedSecret, createdAt } = provider;
  await db
    .insertInto("provider")
    .values(provider)
    .onConflict((c) => c.columns(["applicationId", "name"]).doUpdateSet({ id, settings, sealedSecret, createdAt }))
    .execute();
}

/** `false`: there was none of that name. */
export async function removeProvider(db: Db, applicationId: string, name: string): Promise<boolean> {
  const removed = await db
    .deleteFrom("provider")
    .where("applicationId", "=", applicationId as ApplicationId)
    .where("name", "=", name)
    .returning("id")
    .executeTakeFirst();
  return removed !== undefined;
}
