import { CloseCode } from "@latchkey/protocol";
import type { ClientLink, SessionHold } from "#cluster/roster.ts";
import { withSettledRow } from "#cluster/with-settled-row.ts";
import type { Context } from "#context.ts";
import { readLiveSessions } from "#storage/sessions.ts";
import type { Authorization, LiveSession } from "#storage/live-session.ts";

/**
 * Puts a session that was just committed on the roster and closes the connection of this process that carried it so far.
 * Answers what it is; nothing when it has ended or was taken over before it came so far, and then its connection is closed.
 */
export async function enterRoster(
  context: Context,
  session: LiveSession,
  link: ClientLink,
): Promise<LiveSession | undefined> {
  const { db, roster } = context;
  let carried = roster.get(session.id);
  for (let seen; carried && carried !== seen; carried = roster.get(session.id)) {
    seen = carried;
    // Of two that take it over at once the row says who came last.
    const row = (await readLiveSessions(db, [session.id])).get(session.id);
    if (!isHeld(row, session, link)) return undefined;
  }
  roster.enter({ ...session, link })?.close(CloseCode.ResumedElsewhere);
  return carried || wasChanged(context) ? refreshRoster(context, session) : session;
}

/**
 * Lets the roster know of an authorization that was just committed. If changes were applied since the call began, one of
 * them may have ended it before the roster heard of it: then the row is asked.
 */
export async function adoptAuthorization(
  context: Context,
  hold: SessionHold,
  authorization: Authorization,
): Promise<void> {
  context.roster.update(hold, authorization);
  if (wasChanged(context)) await refreshRoster(context, hold);
}

/** Lets the roster know what the row says, and closes a connection that does not have the session any more. */
export async function refreshRoster({ db, roster }: Context, hold: SessionHold): Promise<LiveSession | undefined> {
  return withSettledRow(db, roster, hold, (entry, row) => {
    if (!isHeld(row, hold, entry.link)) return undefined;
    roster.update(hold, row.authorization, row.formerLicenseId);
    return row;
  });
}

function isHeld(row: LiveSession | undefined, hold: SessionHold, link: ClientLink): row is LiveSession {
  if (row?.secretHash === hold.secretHash) return true;
  link.close(row ? CloseCode.ResumedElsewhere : CloseCode.DisconnectedFromPanel);
  return false;
}

function wasChanged({ changesApplied, roster }: Context): boolean {
  return changesApplied !== roster.changesApplied;
}
