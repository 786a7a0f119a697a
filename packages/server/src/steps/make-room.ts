import { settingsOf } from "@latchkey/protocol";
import type { Context } from "#context.ts";
import type { Decision } from "#domain/decision.ts";
import { endAuthorizations } from "#storage/authorizations.ts";
import { appendChange } from "#storage/changes.ts";
import type { AccountId, Application, Db } from "#storage/tables.ts";
import { endUserSessions } from "#storage/user-sessions.ts";
import { currentSessions } from "./current-sessions.ts";
import { endAttachedTo } from "./end-attached.ts";

/** `hasEvicted`: live connections have lost their authorization, which the log tells of. */
type Room = Decision<{ readonly hasEvicted: boolean }, "concurrentLoginLimit" | "loggedInElsewhere">;

/** What a setting of 0 allows (US-SESS-22). */
const concurrentLoginsAtMost = 1000;

/**
 * Makes room for one more login of an account, or refuses it, by the application's concurrent-login policy (US-SESS-20
 * to 24). Runs in a transaction that has locked the account.
 */
export async function makeRoom(
  context: Context,
  tx: Db,
  application: Application,
  accountId: AccountId,
): Promise<Room> {
  const { enableMultipleLogins, maxConcurrentLogins, logoutLastUser, countLiveSessions } = settingsOf(application);
  const sessions = await currentSessions(context, tx, application, accountId);
  // Connections that are attached to a user token are one login together with it.
  const live = sessions.filter(({ door, attachedTo }) => door === "live" && attachedTo === null);
  const ofTokens = sessions.filter(({ door }) => door === "user-service");
  const logins = ofTokens.length + (countLiveSessions ? live.length : 0);
  if (enableMultipleLogins) {
    const isFull = logins >= (maxConcurrentLogins || concurrentLoginsAtMost);
    return isFull ? { refused: "concurrentLoginLimit" } : { hasEvicted: false };
  }
  if (logoutLastUser && logins > 0) return { refused: "loggedInElsewhere" };

  let hasEvicted = false;
  for (const { id } of await endUserSessions(tx, accountId, null)) {
    if (await endAttachedTo(tx, id, "policy", context.now)) hasEvicted = true;
  }
  for (const { id: sessionId } of countLiveSessions ? await endAuthorizations(tx, live) : []) {
    const change = {
      event: "sessionEnded",
      applicationId: application.id,
      sessionId,
      content: { by: "policy" },
    } as const;
    await appendChange(tx, change, context.now);
    hasEvicted = true;
  }
  return { hasEvicted };
}
