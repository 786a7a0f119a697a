import type { KeyKind } from "@latchkey/protocol";
import { first, statement } from "./statement.ts";
import type { Application, ApplicationId, Db } from "./tables.ts";

export interface ApiKey {
  readonly kind: KeyKind;
  readonly keyHash: string;
  /** `null`: only its hash is kept. */
  readonly key: string | null;
}

export async function insertApplication(
  db: Db,
  application: Omit<Application, "accountCount" | "pausedAt">,
  keys: readonly ApiKey[],
): Promise<void> {
  await db
    .insertInto("application")
    .values({ ...application, pausedAt: null })
    .execute();
  await insertKeys(db, application.id, keys, application.createdAt);
}

export const findApplication = first(
  statement<{ id: string }, Application>((db, given) =>
    db
      .selectFrom("application")
      .selectAll()
      .where("id", "=", given("id") as ApplicationId),
  ),
);

export const findApplicationByWebsocketKey = first(
  statement<{ key: string }, Application>((db, given) =>
    db.selectFrom("application").selectAll().where("websocketApiKey", "=", given("key")),
  ),
);

/** What a request has to know of the application that its key belongs to. */
export type KeyedApplication = Pick<Application, "id" | "pausedAt" | "settings"> & { readonly kind: KeyKind };

/** The application that owns the key, if it is that application. */
export const findApplicationByApiKey = first(
  statement<{ id: string; keyHash: string }, KeyedApplication>((db, given) =>
    db
      .selectFrom("apiKey")
      .innerJoin("application", "application.id", "apiKey.applicationId")
      .select(["application.id", "application.pausedAt", "application.settings", "apiKey.kind"])
      .where("apiKey.keyHash", "=", given("keyHash"))
      .where("apiKey.applicationId", "=", given("id") as ApplicationId),
  ),
);

/** The same of a host, with the client key whose rights the host has (US-ADDR-3). */
export type HostedApplication = KeyedApplication & { readonly key: string | null };

/** The application that a host name is bound to. */
export async function findApplicationByHost(db: Db, host: string): Promise<HostedApplication | undefined> {
  return db
    .selectFrom("host")
    .innerJoin("application", "application.id", "host.applicationId")
    .innerJoin("apiKey", "apiKey.keyHash", "host.keyHash")
    .select(["application.id", "application.pausedAt", "application.settings", "apiKey.kind", "apiKey.key"])
    .where("host.host", "=", host)
    .executeTakeFirst();
}

export function listApplications(db: Db): Promise<Application[]> {
  return db.selectFrom("application").selectAll().orderBy("createdAt").orderBy("id").execute();
}

/** The keys that can be read again, by kind. */
export async function readableKeys(db: Db, applicationId: ApplicationId): Promise<Partial<Record<KeyKind, string>>> {
  const rows = await db
    .selectFrom("apiKey")
    .select(["kind", "key"])
    .where("applicationId", "=", applicationId)
    .where("key", "is not", null)
    .orderBy("createdAt")
    .execute();
  return Object.fromEntries(rows.map(({ kind, key }) => [kind, key]));
}

/**
 * Adds one to the number of accounts and reads the application. Until the transaction ends no other can do the same,
 * so whatever is counted per application after this statement stays true.
 */
export function countOneMoreAccount(db: Db, id: ApplicationId): Promise<Application | undefined> {
  return db
    .updateTable("application")
    .set((e) => ({ accountCount: e("accountCount", "+", 1) }))
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
}

/** Reads an application and keeps every other transaction that wants to change or lock it waiting until this one ends. */
export function lockApplication(db: Db, id: string): Promise<Application | undefined> {
  return db
    .updateTable("application")
    .set((e) => ({ id: e.ref("id") }))
    .where("id", "=", id as ApplicationId)
    .returningAll()
    .executeTakeFirst();
}

/** Pauses or unpauses an application. No row: it is so already. */
export function setApplicationPaused(
  tx: Db,
  id: ApplicationId,
  pausedAt: number | null,
): Promise<Application | undefined> {
  return tx
    .updateTable("application")
    .set({ pausedAt })
    .where("id", "=", id)
    .where("pausedAt", pausedAt === null ? "is not" : "is", null)
    .returningAll()
    .executeTakeFirst();
}

/** Writes what is given over a row that the caller has locked. */
export function updateApplicationRow(
  tx: Db,
  id: ApplicationId,
  changes: Partial<Pick<Application, "name" | "version" | "settings">>,
): Promise<Application | undefined> {
  // A statement has to set something; this one sets what is there.
  return tx
    .updateTable("application")
    .set((e) => ({ id: e.ref("id"), ...changes }))
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
}

/** Removes an application with everything that belongs to it. */
export function removeApplication(tx: Db, id: ApplicationId): Promise<Application | undefined> {
  return tx.deleteFrom("application").where("id", "=", id).returningAll().executeTakeFirst();
}

/** Replaces every key of an application; hosts that were bound to a key lose it. */
export async function replaceKeys(
  tx: Db,
  id: string,
  websocketApiKey: string,
  keys: readonly ApiKey[],
  now: number,
): Promise<Application | undefined> {
  const application = await tx
    .updateTable("application")
    .set({ websocketApiKey })
    .where("id", "=", id as ApplicationId)
    .returningAll()
    .executeTakeFirst();
  if (!application) return undefined;
  await tx.deleteFrom("apiKey").where("applicationId", "=", application.id).execute();
  await insertKeys(tx, application.id, keys, now);
  return application;
}

/** The latest key of a kind. */
export function findKey(db: Db, applicationId: ApplicationId, kind: KeyKind): Promise<{ keyHash: string } | undefined> {
  return db
    .selectFrom("apiKey")
    .select("keyHash")
    .where("applicationId", "=", applicationId)
    .where("kind", "=", kind)
    .orderBy("createdAt", "desc")
    .executeTakeFirst();
}

/** Puts a key in the place of those of its kind, and of the hosts that were bound to them. */
export async function replaceKey(tx: Db, applicationId: ApplicationId, key: ApiKey, now: number): Promise<void> {
  await insertKeys(tx, applicationId, [key], now);
  const others = tx
    .selectFrom("apiKey")
    .select("keyHash")
    .where("applicationId", "=", applicationId)
    .where("kind", "=", key.kind)
    .where("keyHash", "!=", key.keyHash);
  await tx.updateTable("host").set({ keyHash: key.keyHash }).where("keyHash", "in", others).execute();
  await tx.deleteFrom("apiKey").where("keyHash", "in", others).execute();
}

/** `false`: there is none of that kind. */
export async function removeKey(db: Db, applicationId: ApplicationId, kind: KeyKind): Promise<boolean> {
  const query = db.deleteFrom("apiKey").where("applicationId", "=", applicationId).where("kind", "=", kind);
  return (await query.returning("keyHash").executeTakeFirst()) !== undefined;
}

async function insertKeys(tx: Db, applicationId: ApplicationId, keys: readonly ApiKey[], now: number): Promise<void> {
  await tx
    .insertInto("apiKey")
    .values(keys.map((key) => ({ ...key, applicationId, createdAt: now })))
    .execute();
}
