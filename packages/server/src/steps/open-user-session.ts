import { settingsOf } from "@latchkey/protocol";
import type { Context } from "#context.ts";
import type { Decision } from "#domain/decision.ts";
import { newRowId, newToken, sha256 } from "#crypto/tokens.ts";
import { insertSession } from "#storage/sessions.ts";
import type { Account, AccountId, Application, AuthorizationId, Db, SessionId } from "#storage/tables.ts";
import { transact } from "#storage/transaction.ts";
import { endUserSessions, userSessionsOf } from "#storage/user-sessions.ts";
import { endAttachedTo } from "./end-attached.ts";

export type Opened = Decision<
  { readonly account: Account; readonly token: string },
  "credentialsWrong" | "concurrentLoginLimit" | "loggedInElsewhere"
>;

/** What a setting of 0 allows (US-SESS-22). */
const concurrentLoginsAtMost = 1000;

/**
 * Opens a user-service session for the account that `claim` answers: the account is claimed, the concurrent-login policy
 * applied and the session written in one transaction (US-SESS-20 to 23). `claim` locks the account's row until then; when
 * it finds none, whatever the account was verified by does not hold any more.
 */
export async function openUserSession(
  context: Context,
  application: Application,
  address: string,
  claim: (tx: Db) => Promise<Account | undefined>,
): Promise<Opened> {
  const { db, now, changeLog } = context;
  const opened = await transact<Opened & { readonly hasEvicted?: boolean }>(db, async (tx) => {
    const account = await claim(tx);
    if (!account) return { refused: "credentialsWrong" };
    const room = await makeRoom(context, tx, application, account.id);
    if (room.refused) return room;
    const token = newToken();
    await insertSession(tx, {
      id: newRowId<SessionId>(),
      applicationId: application.id,
      door: "user-service",
      secretHash: sha256(token),
      address,
      authorizationId: newRowId<AuthorizationId>(),
      accountId: account.id,
      createdAt: now,
      lastSeenAt: now,
    });
    return { account, token, hasEvicted: room.hasEvicted };
  });
  if (opened.hasEvicted) await changeLog.wake();
  return opened;
}

/** Applies the concurrent-login policy; `hasEvicted`: live connections were attached to a session that had to go. */
async function makeRoom(
  { now, activity }: Context,
  tx: Db,
  application: Application,
  accountId: AccountId,
): Promise<Decision<{ readonly hasEvicted: boolean }, "concurrentLoginLimit" | "loggedInElsewhere">> {
  const settings = settingsOf(application);
  const usedSince = now - settings.sessionTimeoutSeconds * 1000;
  const sessions = await userSessionsOf(tx, accountId);
  const live = sessions.filter(({ id, lastSeenAt }) => activity.lastSeenAt(id, lastSeenAt) > usedSince).length;
  if (settings.enableMultipleLogins) {
    const isFull = live >= (settings.maxConcurrentLogins || concurrentLoginsAtMost);
    return isFull ? { refused: "concurrentLoginLimit" } : { hasEvicted: false };
  }
  if (settings.logoutLastUser && live > 0) return { refused: "loggedInElsewhere" };
  let hasEvicted = false;
  for (const { id } of await endUserSessions(tx, accountId, null)) {
    if (await endAttachedTo(tx, id, "policy", now)) hasEvicted = true;
  }
  return { hasEvicted };
}
