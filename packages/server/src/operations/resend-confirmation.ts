import type { Answer, InputOf } from "@latchkey/protocol";
import { done, identityKey, refuse, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { newObjectId } from "#crypto/tokens.ts";
import { refusedConfirmation } from "#domain/account-link.ts";
import { voidLinks } from "#storage/account-links.ts";
import { findAccountByIdentity } from "#storage/accounts.ts";
import { findApplication } from "#storage/applications.ts";
import type { AccountId } from "#storage/tables.ts";
import { transact } from "#storage/transaction.ts";
import { countLinkRequest } from "#steps/count-link-request.ts";
import { queueMail } from "#steps/queue-mail.ts";

/** Mails another link to confirm an address by. Whoever gets none costs the same and answers the same (US-CONF-5). */
export async function resendConfirmation(
  context: Context,
  caller: CallerOf<"resendConfirmation">,
  { identity }: InputOf<"resendConfirmation">,
): Promise<Answer<"resendConfirmation">> {
  const { db, now, mailSender } = context;
  const { applicationId } = caller;
  const retryAfter = countLinkRequest(context, caller, identity);
  if (retryAfter > 0) return refuse("tooManyRequests", { retryAfter });
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("confirmationNotEnabled");
  const { emailConfirmationRequired, revealUnknownIdentity } = settingsOf(application);
  if (!emailConfirmationRequired) return refuse("confirmationNotEnabled");

  const found = await findAccountByIdentity(db, { applicationId, key: identityKey(identity) });
  const refused = refusedConfirmation(found);
  if (refused && revealUnknownIdentity) return refuse(refused);
  const account = refused ? undefined : found;
  await transact(db, async (tx) => {
    // An id that nobody has takes the same statements.
    await voidLinks(tx, account?.id ?? newObjectId<AccountId>(), ["confirm"]);
    await queueMail(tx, { applicationId, account, kind: "confirm", now });
    return {};
  });
  mailSender.wake();
  return done({});
}
