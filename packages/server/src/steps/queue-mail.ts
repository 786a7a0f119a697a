import { newRowId } from "#crypto/tokens.ts";
import { insertMail } from "#storage/mails.ts";
import type { Account, ApplicationId, Db, LinkKind, MailId } from "#storage/tables.ts";

/**
 * Queues a mail with a link for an account, or for nobody, in the transaction that gives rise to it: once that is
 * committed the mail is on its way, whatever happens to this process (US-MAIL-4). Who commits wakes the sender.
 */
export async function queueMail(
  tx: Db,
  {
    applicationId,
    account,
    kind,
    now,
  }: {
    readonly applicationId: ApplicationId;
    readonly account: Account | undefined;
    readonly kind: LinkKind;
    readonly now: number;
  },
): Promise<void> {
  const id = newRowId<MailId>();
  const accountId = account?.id ?? null;
  await insertMail(tx, { id, applicationId, accountId, kind, queuedAt: now, dueAt: now, attempts: 0 });
}
