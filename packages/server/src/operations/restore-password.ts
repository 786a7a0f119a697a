import type { Answer, InputOf } from "@latchkey/protocol";
import { done, identityKey, refuse, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { refusedRecovery } from "#domain/account-link.ts";
import { findAccountByIdentity } from "#storage/accounts.ts";
import { findApplication } from "#storage/applications.ts";
import { transact } from "#storage/transaction.ts";
import { countLinkRequest } from "#steps/count-link-request.ts";
import { queueMail } from "#steps/queue-mail.ts";

/** Mails a link to set a new password by. Whoever gets none costs the same and answers the same (US-RECOV-2). */
export async function restorePassword(
  context: Context,
  caller: CallerOf<"restorePassword">,
  { identity }: InputOf<"restorePassword">,
): Promise<Answer<"restorePassword">> {
  const { db, now, mailSender } = context;
  const { applicationId } = caller;
  const retryAfter = countLinkRequest(context, caller, identity);
  if (retryAfter > 0) return refuse("tooManyRequests", { retryAfter });
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("recoveryDisabled");
  const { passwordRecoveryEnabled, revealUnknownIdentity } = settingsOf(application);
  if (!passwordRecoveryEnabled) return refuse("recoveryDisabled");

  const found = await findAccountByIdentity(db, { applicationId, key: identityKey(identity) });
  const refused = refusedRecovery(found);
  if (refused && revealUnknownIdentity) return refuse(refused);
  const account = refused ? undefined : found;
  await transact(db, async (tx) => {
    await queueMail(tx, { applicationId, account, kind: "recover", now });
    return {};
  });
  mailSender.wake();
  return done({});
}
