import { settingsOf } from "@latchkey/protocol";
import type { Context } from "#context.ts";
import { sha256 } from "#crypto/tokens.ts";
import type { AccountId, ApplicationId, AuthorizationId, Db, SessionId } from "#storage/tables.ts";
import { findUserSession, hasConnection, type TimedSession } from "#storage/user-sessions.ts";

export type TokenHolder =
  | {
      readonly state: "live";
      readonly sessionId: SessionId;
      readonly secretHash: string;
      readonly authorizationId: AuthorizationId;
      readonly accountId: AccountId;
      /** As written; later uses may be known to `SessionActivity` only. */
      readonly lastSeenAt: number;
      readonly timeoutMs: number;
    }
  /** Ended because its account was disabled, and not yet told so (US-LOGOUT-8). */
  | { readonly state: "disabled"; readonly sessionId: SessionId }
  | { readonly state: "unknown" };

/** What a user token stands for at this moment, in this application. */
export async function findLiveUserSession(
  context: Context,
  applicationId: ApplicationId,
  token: string,
): Promise<TokenHolder> {
  const secretHash = sha256(token);
  const session = await findUserSession(context.db, { applicationId, secretHash });
  if (!session || !(await isInTime(context, context.db, session))) return { state: "unknown" };
  const { id: sessionId, authorizationId, accountId, lastSeenAt, disabledAt } = session;
  if (disabledAt !== null) return { state: "disabled", sessionId };
  if (authorizationId === null || accountId === null) return { state: "unknown" };
  return {
    state: "live",
    sessionId,
    secretHash,
    authorizationId,
    accountId,
    lastSeenAt,
    timeoutMs: timeoutOf(session),
  };
}

/** Whether its time is not up; while a live connection is attached, it is in use. */
export async function isInTime({ now, activity, config }: Context, db: Db, session: TimedSession): Promise<boolean> {
  const { id, lastSeenAt } = session;
  if (activity.lastSeenAt(id, lastSeenAt) + timeoutOf(session) > now) return true;
  return hasConnection(db, id, now - config.resumeWindow);
}

function timeoutOf(session: TimedSession): number {
  return settingsOf(session).sessionTimeoutSeconds * 1000;
}
