import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import type { Decision } from "#domain/decision.ts";
import { sha256 } from "#crypto/tokens.ts";
import { endAttached } from "#storage/authorizations.ts";
import { appendChange } from "#storage/changes.ts";
import { claimForResume, liveSession, takeOver } from "#storage/sessions.ts";
import type { LiveSession } from "#storage/live-session.ts";
import type { Db, Session, SessionId } from "#storage/tables.ts";
import { findOpenUserSession } from "#storage/user-sessions.ts";
import { transact } from "#storage/transaction.ts";
import { holding } from "#steps/holding.ts";
import { isInTime } from "#steps/find-live-user-session.ts";
import { enterRoster } from "#steps/refresh-roster.ts";

interface Taken extends Pick<Session, "recentActions"> {
  readonly session: LiveSession;
  /** Another process may still have a connection of it. */
  readonly isElsewhere: boolean;
}

/** Gives a session to a new connection, whichever process had it before, under the resume id of that connection. */
export async function resume(
  context: Context,
  caller: CallerOf<"resume">,
  { resumeId: presented }: InputOf<"resume">,
): Promise<Answer<"resume">> {
  const { opening } = caller;
  if (!opening) return refuse("resumeFailed");
  const { resumeId, link } = opening;
  const secretHash = sha256(resumeId);
  const taken = await transact(context.db, (tx) => take(context, tx, sha256(presented), secretHash, caller.address));
  if (taken.refused) return refuse(taken.refused);
  if (taken.isElsewhere) await context.changeLog.wake();
  // Written when the connection was lost; a connection that was not lost is known here, or by another process alone.
  const { recentActions } = taken;
  if (recentActions !== null) {
    context.traffic.restore(taken.session.id, recentActions.split(",").map(Number), context.now);
  }
  const session = await enterRoster(context, taken.session, link);
  return session ? done({ resumeId, authorized: authorizedBy(session, context.now) }) : refuse("resumeFailed");
}

/** Takes the session of a resume id over, and says so where another process may still have a connection of it. */
async function take(
  context: Context,
  tx: Db,
  hash: string,
  secretHash: string,
  address: string,
): Promise<Decision<Taken, "resumeIdUnknown">> {
  const { node, now } = context;
  const claimed = await claimForResume(tx, { hash, ...holding(context) });
  if (!claimed) return { refused: "resumeIdUnknown" };
  const { id, applicationId, attachedTo, nodeId, recentActions } = claimed;
  // Before it is connected again, which would be a use of the token: one that has timed out stays so.
  const isOrphaned = attachedTo !== null && !(await isTokenLive(context, tx, attachedTo));
  if (isOrphaned) await endAttached(tx, { userSessionId: attachedTo });
  await takeOver(tx, { id, secretHash, previousHash: hash, nodeId: node.id, address });
  const isElsewhere = nodeId !== null && nodeId !== node.id;
  if (isElsewhere) {
    const content = { secretHash };
    await appendChange(tx, { event: "resumedElsewhere", applicationId, sessionId: id, content }, now);
  }
  const session = liveSession({
    ...claimed,
    secretHash,
    ...(isOrphaned && { authorizationId: null, licenseId: null }),
  });
  return { session, isElsewhere, recentActions };
}

async function isTokenLive(context: Context, tx: Db, id: SessionId): Promise<boolean> {
  const session = await findOpenUserSession(tx, { id });
  return session !== undefined && isInTime(context, tx, session);
}

function authorizedBy({ authorization }: LiveSession, now: number) {
  const { accountId, expiresAt = Infinity } = authorization ?? {};
  if (!authorization || expiresAt <= now) return "none";
  return accountId === undefined ? "license" : "account";
}
