import type { Db } from "./tables.ts";
import type { Webhook } from "./tables-webhooks.ts";

export async function insertWebhook(tx: Db, webhook: Webhook): Promise<void> {
  await tx.insertInto("webhook").values(webhook).execute();
}

/** How many an application has; exact while the application is locked. */
export async function countWebhooks(tx: Db, applicationId: string): Promise<number> {
  const { count } = await tx
    .selectFrom("webhook")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("applicationId", "=", applicationId)
    .executeTakeFirstOrThrow();
  return count;
}

export function listWebhooks(db: Db, applicationId: string): Promise<Webhook[]> {
  return db
    .selectFrom("webhook")
    .selectAll()
    .where("applicationId", "=", applicationId)
    .orderBy("createdAt")
    .orderBy("id")
    .execute();
}

/** What a webhook is named by. */
export interface NamedWebhook {
  readonly applicationId: string;
  readonly webhookId: string;
}

export function findWebhook(db: Db, { applicationId, webhookId }: NamedWebhook): Promise<Webhook | undefined> {
  return db
    .selectFrom("webhook")
    .selectAll()
    .where("id", "=", webhookId)
    .where("applicationId", "=", applicationId)
    .executeTakeFirst();
}

/** Reads a webhook and keeps every other transaction that wants to change it waiting until this one ends. */
export function lockWebhook(tx: Db, { applicationId, webhookId }: NamedWebhook): Promise<Webhook | undefined> {
  return tx
    .updateTable("webhook")
    .set((e) => ({ id: e.ref("id") }))
    .where("id", "=", webhookId)
    .where("applicationId", "=", applicationId)
    .returningAll()
    .executeTakeFirst();
}

/** Writes what is given over a row that the caller has locked. */
export function changeWebhook(
  tx: Db,
  id: string,
  changes: Partial<Omit<Webhook, "id" | "applicationId" | "createdAt">>,
): Promise<Webhook> {
  return tx
    .updateTable("webhook")
    .set((e) => ({ id: e.ref("id"), ...changes }))
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function removeWebhook(tx: Db, { id }: Pick<Webhook, "id">): Promise<void> {
  await tx.deleteFrom("webhook").where("id", "=", id).execute();
}

/** All that are told anything, of whatever application. */
export function enabledWebhooks(db: Db): Promise<Webhook[]> {
  return db.selectFrom("webhook").selectAll().where("disabledAt", "is", null).execute();
}

/** Up to where the audit log has become deliveries. */
export async function readCursor(db: Db): Promise<number> {
  const { position } = await db.selectFrom("webhookCursor").select("position").executeTakeFirstOrThrow();
  return position;
}

/** The same, held until the transaction ends, so that one process at a time goes on from there. */
export async function holdCursor(tx: Db): Promise<number> {
  const { position } = await tx
    .updateTable("webhookCursor")
    .set((e) => ({ position: e.ref("position") }))
    .returning("position")
    .executeTakeFirstOrThrow();
  return position;
}

export async function writeCursor(tx: Db, position: number): Promise<void> {
  await tx.updateTable("webhookCursor").set({ position }).execute();
}

/**
 * Takes, for a while, the webhook that has waited longest of those that have something due; nobody else delivers to it
 * meanwhile.
 */
export function claimWebhook(
  tx: Db,
  { now, claimedUntil }: { readonly now: number; readonly claimedUntil: number },
): Promise<Webhook | undefined> {
  return tx
    .updateTable("webhook")
    .set({ claimedUntil })
    .where("id", "=", (e) =>
      e
        .selectFrom("webhook as w")
        .select("w.id")
        .where("w.disabledAt", "is", null)
        .where("w.claimedUntil", "<=", now)
        .where((w) =>
          w.exists(
            w
              .selectFrom("webhookDelivery as d")
              .select("d.id")
              .whereRef("d.webhookId", "=", "w.id")
              .where("d.dueAt", "<=", now),
          ),
        )
        .orderBy("w.claimedUntil")
        .orderBy("w.id")
        .limit(1),
    )
    .where("claimedUntil", "<=", now)
    .returningAll()
    .executeTakeFirst();
}

/** Lets others deliver to it, unless they do already. */
export async function releaseWebhook(
  tx: Db,
  { id, claimedUntil }: Pick<Webhook, "id" | "claimedUntil">,
  now: number,
): Promise<void> {
  await tx
    .updateTable("webhook")
    .set({ claimedUntil: now })
    .where("id", "=", id)
    .where("claimedUntil", "=", claimedUntil)
    .execute();
}

/** Notes that an attempt has arrived. No row: the one before had, too. */
export function noteSuccess(tx: Db, id: string): Promise<Webhook | undefined> {
  return tx
    .updateTable("webhook")
    .set({ firstFailedAt: null })
    .where("id", "=", id)
    .where("firstFailedAt", "is not", null)
    .returningAll()
    .executeTakeFirst();
}

/** Notes that an attempt failed; answers the webhook as it is now, unless it is gone. */
export function noteFailure(tx: Db, id: string, at: number): Promise<Webhook | undefined> {
  return tx
    .updateTable("webhook")
    .set((e) => ({ firstFailedAt: e.fn.coalesce("firstFailedAt", e.val(at)) }))
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
}
