import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import type { Decision } from "#domain/decision.ts";
import { lockAccount, removeAccount as remove } from "#storage/accounts.ts";
import { lockApplication } from "#storage/applications.ts";
import { useAuthorization } from "#storage/authorizations.ts";
import { transact } from "#storage/transaction.ts";
import { applyToAccount } from "#steps/change-account.ts";

/** Deletes an account with everything of it, for its own user or for server code (US-TABLE-7). */
export async function removeAccount(
  context: Context,
  { applicationId, keyKind, session, authorization }: CallerOf<"removeAccount">,
  { accountId }: InputOf<"removeAccount">,
): Promise<Answer<"removeAccount">> {
  const { db, now, changeLog } = context;
  if (keyKind !== "BL" && authorization?.accountId !== accountId) return refuse("deletionForbidden");
  const removed = await transact<Decision<object, "accountNotFound" | "tokenUnknown">>(db, async (tx) => {
    // Its count is moved after the account is gone, but rows are locked in the order application, account, session.
    await lockApplication(tx, applicationId);
    const account = await lockAccount(tx, accountId);
    if (session && authorization) {
      const name = { sessionId: session.id, secretHash: session.secretHash, authorizationId: authorization.id };
      if (!(await useAuthorization(tx, { ...name, now }))) return { refused: "tokenUnknown" };
    }
    if (account?.applicationId !== applicationId) return { refused: "accountNotFound" };
    await applyToAccount(context, tx, account, {
      ends: { event: "accountDeleted" },
      write: (tx, { id }) => remove(tx, id),
    });
    return {};
  });
  if (removed.refused) return refuse(removed.refused);
  await changeLog.wake();
  return done({ deletedAt: now });
}
