import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse, refusedLicense } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { accountTerms } from "#domain/account-terms.ts";
import { findAccount } from "#storage/accounts.ts";
import { licensesOfAccount } from "#storage/licenses.ts";
import { moveExpiry } from "#storage/sessions.ts";
import type { AccountId, Db } from "#storage/tables.ts";
import { transact } from "#storage/transaction.ts";
import { linkLicense } from "#steps/link-license.ts";

/** Links and activates a license for the account that the session is authorized by. */
export async function linkLicenseToAccount(
  context: Context,
  { applicationId, session, authorization }: CallerOf<"linkLicenseToAccount">,
  { license: key }: InputOf<"linkLicenseToAccount">,
): Promise<Answer<"linkLicenseToAccount">> {
  const { db, now, roster } = context;
  const { accountId } = authorization;
  const malformed = refusedLicense(key);
  if (malformed) return refuse(malformed);
  const linked = await transact(db, async (tx) => {
    const outcome = await linkLicense(tx, { applicationId, accountId, key, now });
    const expiresAt = authorization.expiresAt === undefined ? null : await endOfAccount(tx, accountId, now);
    // Names the authorization, so that a logout that has been answered cannot be overtaken, not by a refusal either (LP-OUT-7).
    const held = await moveExpiry(tx, { sessionId: session.id, authorizationId: authorization.id, expiresAt });
    if (!held) return { refused: "notAuthorized" } as const;
    return outcome.refused ? outcome : { expiresAt };
  });
  if (linked.refused) return refuse(linked.refused);
  const { expiresAt: _, ...lasting } = authorization;
  roster.update(session.id, linked.expiresAt === null ? lasting : { ...lasting, expiresAt: linked.expiresAt });
  return done({});
}

async function endOfAccount(tx: Db, accountId: AccountId, now: number): Promise<number | null> {
  const account = await findAccount(tx, { id: accountId });
  return account ? accountTerms(account, await licensesOfAccount(tx, { accountId }), now).expiresAt : now;
}
