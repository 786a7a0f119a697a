import { inParts } from "./in-parts.ts";
import { first, statement } from "./statement.ts";
import type { AccountId, ApplicationId, Db, License, LicenseId, NewLicense, SessionId } from "./tables.ts";

export async function insertLicenses(db: Db, licenses: readonly NewLicense[]): Promise<void> {
  for (const part of inParts(licenses)) await db.insertInto("license").values(part).execute();
}

export const findLicense = first(
  statement<{ id: string }, License>((db, given) =>
    db
      .selectFrom("license")
      .selectAll()
      .where("id", "=", given("id") as LicenseId),
  ),
);

export const findLicenseByKey = first(
  statement<{ applicationId: string; key: string }, License>((db, given) =>
    db
      .selectFrom("license")
      .selectAll()
      .where("applicationId", "=", given("applicationId") as ApplicationId)
      .where("key", "=", given("key")),
  ),
);

export const licensesOfAccount = statement<{ accountId: AccountId }, License>((db, given) =>
  db.selectFrom("license").selectAll().where("accountId", "=", given("accountId")).orderBy("expiresAt"),
);

/** The licenses that end between two instants. */
export function licensesThatEnd(
  db: Db,
  { after, until }: { readonly after: number; readonly until: number },
): Promise<License[]> {
  return db
    .selectFrom("license")
    .selectAll()
    .where("expiresAt", ">", after)
    .where("expiresAt", "<=", until)
    .orderBy("expiresAt")
    .execute();
}

/** The license by which, alone, a session was authorized until that expired. */
export function findExpiredLicense(db: Db, sessionId: SessionId, now: number): Promise<License | undefined> {
  return db
    .selectFrom("session")
    .innerJoin("license", "license.id", "session.licenseId")
    .selectAll("license")
    .where("session.id", "=", sessionId)
    .where("session.accountId", "is", null)
    .where("session.expiresAt", "<=", now)
    .where("license.expiresAt", "<=", now)
    .executeTakeFirst();
}

/**
 * Uses a license for an authorization: activates it if it was available, binds it to the client if it asks for one, and
 * answers the row as it is now. No row: it is paused, blacklisted, expired or bound to another client. Until the
 * transaction ends nobody else can use or change it, so its seats can be counted after this statement.
 */
export const claimLicense = first(
  statement<{ id: LicenseId; clientId: string; now: number; expiresAt: number | null }, License>((db, given) =>
    db
      .updateTable("license")
      .set((e) => ({
        lastUsedAt: given("now"),
        activatedAt: e.fn.coalesce("activatedAt", e.val(given("now"))),
        expiresAt: e.case().when("activatedAt", "is", null).then(given("expiresAt")).else(e.ref("expiresAt")).end(),
        clientId: e
          .case()
          .when("clientPolicy", "=", "first")
          .then(e.fn.coalesce("clientId", e.val(given("clientId"))))
          .else(e.ref("clientId"))
          .end(),
      }))
      .where("id", "=", given("id"))
      .where("pausedAt", "is", null)
      .where("blacklistedAt", "is", null)
      .where((e) => e.or([e("expiresAt", "is", null), e("expiresAt", ">", given("now"))]))
      .where((e) =>
        e.or([e("clientPolicy", "=", "any"), e("clientId", "is", null), e("clientId", "=", given("clientId"))]),
      )
      .returningAll(),
  ),
);

/** Reads a license and keeps every other transaction that wants to use or change it waiting until this one ends. */
export function lockLicense(tx: Db, id: LicenseId): Promise<License | undefined> {
  return tx
    .updateTable("license")
    .set((e) => ({ id: e.ref("id") }))
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
}

/** Links an available license to an account and activates it. No row: it is no longer available. */
export function linkAvailableLicense(
  db: Db,
  { id, accountId, now, expiresAt }: { id: LicenseId; accountId: AccountId; now: number; expiresAt: number | null },
): Promise<License | undefined> {
  return db
    .updateTable("license")
    .set({ accountId, activatedAt: now, expiresAt })
    .where("id", "=", id)
    .where("activatedAt", "is", null)
    .where("accountId", "is", null)
    .where("pausedAt", "is", null)
    .where("blacklistedAt", "is", null)
    .returningAll()
    .executeTakeFirst();
}

/** Pauses or unpauses a license. No row: it is so already. */
export function setLicensePaused(tx: Db, id: LicenseId, pausedAt: number | null): Promise<License | undefined> {
  return tx
    .updateTable("license")
    .set({ pausedAt })
    .where("id", "=", id)
    .where("pausedAt", pausedAt === null ? "is not" : "is", null)
    .returningAll()
    .executeTakeFirst();
}

/** Blacklists a license or takes it off. No row: it is so already. */
export function setLicenseBlacklisted(
  tx: Db,
  id: LicenseId,
  blacklistedAt: number | null,
): Promise<License | undefined> {
  return tx
    .updateTable("license")
    .set({ blacklistedAt })
    .where("id", "=", id)
    .where("blacklistedAt", blacklistedAt === null ? "is not" : "is", null)
    .returningAll()
    .executeTakeFirst();
}

export function forgetClient(tx: Db, id: LicenseId): Promise<License | undefined> {
  return tx.updateTable("license").set({ clientId: null }).where("id", "=", id).returningAll().executeTakeFirst();
}

/** As if it had never been used. */
export function makeAvailable(tx: Db, id: LicenseId): Promise<License | undefined> {
  return tx
    .updateTable("license")
    .set({ activatedAt: null, expiresAt: null, clientId: null, accountId: null })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
}

/** Gives a license more time, added to what is left or, when nothing is, from now. No row: it never ends. */
export function extendLicenseTerm(tx: Db, id: LicenseId, byMs: number, now: number): Promise<License | undefined> {
  return tx
    .updateTable("license")
    .set((e) => ({
      durationMs: e("durationMs", "+", byMs),
      expiresAt: e
        .case()
        .when("expiresAt", "<", now)
        .then(now + byMs)
        .else(e("expiresAt", "+", byMs))
        .end(),
    }))
    .where("id", "=", id)
    .where("durationMs", "is not", null)
    .returningAll()
    .executeTakeFirst();
}

export function removeLicense(tx: Db, id: LicenseId): Promise<License | undefined> {
  return tx.deleteFrom("license").where("id", "=", id).returningAll().executeTakeFirst();
}
