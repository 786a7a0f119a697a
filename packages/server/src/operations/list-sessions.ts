import type { Answer, OutputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { findApplication } from "#storage/applications.ts";
import type { Session } from "#storage/tables.ts";
import { currentSessions } from "#steps/current-sessions.ts";

/** The sessions of the caller's account at both doors, as the account itself may see them. */
export async function listSessions(
  context: Context,
  { applicationId, session, authorization }: CallerOf<"listSessions">,
): Promise<Answer<"listSessions">> {
  const application = await findApplication(context.db, { id: applicationId });
  if (!application) return refuse("notAuthorized");
  const sessions = await currentSessions(context, context.db, application, authorization.accountId);
  return done({ sessions: sessions.map((row) => ownSession(row, row.id === session.id)) });
}

function ownSession(row: Session, current: boolean): OutputOf<"listSessions">["sessions"][number] {
  return {
    sessionId: row.id,
    ...(row.clientId !== null && { clientId: row.clientId }),
    ipAddress: row.address,
    createdAt: Math.floor(row.createdAt / 1000),
    lastSeenAt: Math.floor(row.lastSeenAt / 1000),
    transport: row.door,
    current,
  };
}
