import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { lockAccount } from "#storage/accounts.ts";
import { findApplication } from "#storage/applications.ts";
import { endAuthorizations, useAuthorization } from "#storage/authorizations.ts";
import { appendChange } from "#storage/changes.ts";
import type { Db, Session } from "#storage/tables.ts";
import { currentSessions } from "#steps/current-sessions.ts";
import { once } from "#steps/once.ts";

/** Ends one session of the caller's account, or all but the caller's own; who is connected is told by event 813. */
export async function endSessions(
  context: Context,
  caller: CallerOf<"endSessions">,
  { sessionId }: InputOf<"endSessions">,
): Promise<Answer<"endSessions">> {
  const ended = await once(context, caller, (tx) => end(context, tx, caller, sessionId));
  if (ended.refused) return refuse(ended.refused);
  await context.changeLog.wake();
  return done(ended.output);
}

async function end(context: Context, tx: Db, caller: CallerOf<"endSessions">, named: string | undefined) {
  const { now } = context;
  const { session, authorization, applicationId } = caller;
  const { accountId } = authorization;
  const application = await findApplication(tx, { id: applicationId });
  // Whoever signs in, attaches or ends sessions of the account takes turns.
  if (!application || !(await lockAccount(tx, accountId))) return { refused: "notAuthorized" } as const;
  const sessions = await currentSessions(context, tx, application, accountId);
  const ended = await endAuthorizations(tx, named === undefined ? others(sessions, caller) : record(sessions, named));
  const isOwn = ended.some(({ id }) => id === session.id);
  const own = { sessionId: session.id, secretHash: session.secretHash, authorizationId: authorization.id, now };
  if (!isOwn && !(await useAuthorization(tx, own))) return { refused: "notAuthorized" } as const;
  if (named !== undefined && ended.length === 0) return { refused: "sessionNotFound" } as const;
  for (const { id: sessionId, door } of ended) {
    if (door !== "live") continue;
    await appendChange(tx, { event: "sessionEnded", applicationId, sessionId, content: { by: "user" } }, now);
  }
  return { output: { ended: ended.length } };
}

function others(sessions: readonly Session[], { session, authorization }: CallerOf<"endSessions">): Session[] {
  return sessions.filter(({ id }) => id !== session.id && id !== authorization.attachedTo);
}

/** A session by its id; a user token and the connections attached to it are one (LP-ATT-1). */
function record(sessions: readonly Session[], named: string): Session[] {
  const token = sessions.find(({ id }) => id === named)?.attachedTo ?? named;
  return sessions.filter(({ id, attachedTo }) => id === named || id === token || attachedTo === token);
}
