import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import type { Decision } from "#domain/decision.ts";
import { sha256 } from "#crypto/tokens.ts";
import { endAttached } from "#storage/authorizations.ts";
import { appendChange } from "#storage/changes.ts";
import { claimForResume, takeOver } from "#storage/sessions.ts";
import type { Db, LiveSession, Session, SessionId } from "#storage/tables.ts";
import { findOpenUserSession } from "#storage/user-sessions.ts";
import { transact } from "#storage/transaction.ts";
import { holding } from "#steps/admit-session.ts";
import { isInTime } from "#steps/find-live-user-session.ts";
import { enterRoster } from "#steps/refresh-roster.ts";

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
  const taken = await transact(context.db, (tx) =>
    takeOverBy(context, tx, sha256(presented), secretHash, caller.address),
  );
  if (taken.refused) return refuse(taken.refused);
  await context.changeLog.wake();
  const session = await enterRoster(context, { id: taken.sessionId, secretHash }, link);
  return session ? done({ resumeId, authorized: authorizedBy(session, context.now) }) : refuse("resumeFailed");
}

async function takeOverBy(
  context: Context,
  tx: Db,
  hash: string,
  secretHash: string,
  address: string,
): Promise<Decision<{ readonly sessionId: SessionId }, "resumeIdUnknown">> {
  const { node, now } = context;
  const claimed = await claimForResume(tx, { hash, ...holding(context) });
  if (!claimed) return { refused: "resumeIdUnknown" };
  const { id: sessionId, applicationId } = claimed;
  const { attachedTo } = claimed;
  // Before it is connected again, which would be a use of the token: one that has timed out stays so.
  if (attachedTo && !(await isTokenLive(context, tx, attachedTo))) await endAttached(tx, { userSessionId: attachedTo });
  await takeOver(tx, { id: sessionId, secretHash, previousHash: hash, nodeId: node.id, address });
  if (isElsewhere(claimed, context))
    await appendChange(tx, { event: "resumedElsewhere", applicationId, sessionId }, now);
  return { sessionId };
}

async function isTokenLive(context: Context, tx: Db, id: SessionId): Promise<boolean> {
  const session = await findOpenUserSession(tx, { id });
  return session !== undefined && isInTime(context, tx, session);
}

/** Whether another process may still have a connection of it. */
function isElsewhere({ nodeId }: Session, { node }: Context): boolean {
  return nodeId !== null && nodeId !== node.id;
}

function authorizedBy({ authorization }: LiveSession, now: number) {
  const { accountId, expiresAt = Infinity } = authorization ?? {};
  if (!authorization || expiresAt <= now) return "none";
  return accountId === undefined ? "license" : "account";
}
