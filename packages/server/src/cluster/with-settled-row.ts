import { readLiveSessions } from "#storage/sessions.ts";
import type { LiveSession } from "#storage/live-session.ts";
import type { Db } from "#storage/tables.ts";
import type { Roster, RosterEntry, SessionHold } from "./roster.ts";

/**
 * Reads the row of a session that is on the roster, and hands both over at an instant at which nothing has been learnt of
 * the session since that the row may not show yet: what ended while it was read must not come back. Nothing happens when
 * another connection has the session.
 */
export async function withSettledRow<T>(
  db: Db,
  roster: Roster,
  { id, secretHash }: SessionHold,
  use: (entry: RosterEntry, row: LiveSession | undefined) => T,
): Promise<T | undefined> {
  for (;;) {
    const entry = roster.get(id);
    if (entry?.secretHash !== secretHash) return undefined;
    const rows = await readLiveSessions(db, [id]);
    if (entry === roster.get(id)) return use(entry, rows.get(id));
  }
}
