import { settingsOf } from "@latchkey/protocol";
import type { Context } from "#context.ts";
import { sha256 } from "#crypto/tokens.ts";
import type { AccountId, ApplicationId, AuthorizationId, SessionId } from "#storage/tables.ts";
import { findUserSession, hasConnection } from "#storage/user-sessions.ts";

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
  { db, now, activity, config }: Context,
  applicationId: ApplicationId,
  token: string,
): Promise<TokenHolder> {
  const secretHash = sha256(token);
  const session = await findUserSession(db, { applicationId, secretHash });
  if (!session) return { state: "unknown" };
  const timeoutMs = settingsOf(session).sessionTimeoutSeconds * 1000;
  const isIdle = activity.lastSeenAt(session.id, session.lastSeenAt) + timeoutMs <= now;
  if (isIdle && !(await hasConnection(db, session.id, now - config.resumeWindow))) return { state: "unknown" };
  const { id: sessionId, authorizationId, accountId, lastSeenAt, disabledAt } = session;
  if (disabledAt !== null) return { state: "disabled", sessionId };
  if (authorizationId === null || accountId === null) return { state: "unknown" };
  return { state: "live", sessionId, secretHash, authorizationId, accountId, lastSeenAt, timeoutMs };
}
