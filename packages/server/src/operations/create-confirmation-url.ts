import type { Answer, InputOf } from "@latchkey/protocol";
import { done, identityKey, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { newLinkSecret, sha256 } from "#crypto/tokens.ts";
import { accountLinkUrl, linkLifetimeMs } from "#domain/account-link.ts";
import { insertAccountLink, voidLinks } from "#storage/account-links.ts";
import { findAccountByIdentity } from "#storage/accounts.ts";
import { findApplication } from "#storage/applications.ts";
import { transact } from "#storage/transaction.ts";

/** Makes a link to confirm an address by, for server code to hand over: a client could confirm what is not its own (US-CONF-6). */
export async function createConfirmationUrl(
  { db, now, publicUrl }: Context,
  { applicationId }: CallerOf<"createConfirmationUrl">,
  { identity }: InputOf<"createConfirmationUrl">,
): Promise<Answer<"createConfirmationUrl">> {
  const application = await findApplication(db, { id: applicationId });
  const account = await findAccountByIdentity(db, { applicationId, key: identityKey(identity) });
  if (!application || !account) return refuse("accountNotFound");
  const secret = newLinkSecret();
  const link = { secretHash: sha256(secret), kind: "confirm", expiresAt: now + linkLifetimeMs.confirm } as const;
  await transact(db, async (tx) => {
    await voidLinks(tx, account.id, ["confirm"]);
    await insertAccountLink(tx, { ...link, applicationId, accountId: account.id });
    return {};
  });
  return done({
    confirmationUrl: accountLinkUrl(publicUrl.ofApplication(application), applicationId, "confirm", secret),
  });
}
