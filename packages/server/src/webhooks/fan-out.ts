import { newRowId } from "#crypto/tokens.ts";
import { type NewDelivery, newDelivery } from "#domain/webhook-delivery.ts";
import { wants, webhookEvent } from "#domain/webhook-event.ts";
import { auditAfter } from "#storage/audit.ts";
import type { Db } from "#storage/tables.ts";
import type { SealedEntry } from "#storage/tables-audit.ts";
import type { Webhook } from "#storage/tables-webhooks.ts";
import { type Decided, transact } from "#storage/transaction.ts";
import { insertDeliveries } from "#storage/webhook-deliveries.ts";
import { enabledWebhooks, holdCursor, readCursor, writeCursor } from "#storage/webhooks.ts";

/** Bounds how long one transaction keeps other writers waiting. */
const entriesAtATime = 200;

/**
 * Makes deliveries of what has come to the audit log. Where the log has been read up to is written with them, so a crash
 * loses none and repeats none, and of several processes one at a time does it. `false`: there was nothing to do.
 */
export async function fanOut(db: Db, now: number): Promise<boolean> {
  const start = startOf(await enabledWebhooks(db), await readCursor(db));
  // Most looks find nothing, and write nothing.
  if (start === undefined || (await auditAfter(db, start, 1)).length === 0) return false;
  const { done } = await transact(db, (tx) => fanOutSome(tx, now));
  return done;
}

async function fanOutSome(tx: Db, now: number): Promise<Decided & { readonly done: boolean }> {
  const cursor = await holdCursor(tx);
  const webhooks = await enabledWebhooks(tx);
  const start = startOf(webhooks, cursor);
  const entries = start === undefined ? [] : await auditAfter(tx, start, entriesAtATime);
  const last = entries.at(-1);
  if (!last) return { done: false };
  const messages = entries.flatMap((entry) => messagesOf(entry, webhooks));
  // In lists the ids tell the order of what was made at one instant.
  const ids = messages.map(() => newRowId<string>()).sort();
  await insertDeliveries(
    tx,
    messages.map((message, index) => newDelivery({ ...message, id: ids[index] ?? newRowId<string>() }, now)),
  );
  await writeCursor(tx, last.position);
  return { done: true };
}

/** What nobody is to be told is passed over, such as all that happened before the first webhook. */
function startOf(webhooks: readonly Webhook[], cursor: number): number | undefined {
  if (webhooks.length === 0) return undefined;
  return Math.max(cursor, Math.min(...webhooks.map(({ afterPosition }) => afterPosition)));
}

function messagesOf(entry: SealedEntry, webhooks: readonly Webhook[]): Omit<NewDelivery, "id">[] {
  const { applicationId, position } = entry;
  const concerned = webhooks.filter((one) => one.applicationId === applicationId && one.afterPosition < position);
  const event = concerned.length > 0 && webhookEvent(entry);
  if (!event) return [];
  const { type, body } = event;
  return concerned
    .filter((webhook) => wants(webhook, type))
    .map(({ id: webhookId }) => ({ webhookId, position, type, body }));
}
