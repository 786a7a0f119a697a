import { settingsOf } from "@latchkey/protocol";
import type { Context } from "#context.ts";
import { sessionsOfAccount } from "#storage/seats.ts";
import type { AccountId, Application, Db, Session } from "#storage/tables.ts";
import { holding } from "./holding.ts";

/** The sessions of an account at both doors that have not ended, nor timed out, with their last use. */
export async function currentSessions(
  context: Context,
  db: Db,
  application: Application,
  accountId: AccountId,
): Promise<Session[]> {
  const { now, activity } = context;
  const usedSince = now - settingsOf(application).sessionTimeoutSeconds * 1000;
  const sessions = await sessionsOfAccount(db, accountId, holding(context));
  const inUse = new Set(sessions.filter(({ nodeId }) => nodeId !== null).map(({ attachedTo }) => attachedTo));
  return sessions
    .map((session) => ({ ...session, lastSeenAt: activity.lastSeenAt(session.id, session.lastSeenAt) }))
    .filter(({ id, door, lastSeenAt }) => door === "live" || lastSeenAt > usedSince || inUse.has(id));
}
