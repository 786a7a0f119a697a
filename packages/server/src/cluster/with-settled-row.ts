import { readLiveSessions } from "#storage/sessions.ts";
import type { Db, LiveSession, SessionId } from "#storage/tables.ts";
import type { Roster } from "./roster.ts";

/**
 * Reads a session's row and hands it over at an instant at which the roster has learnt nothing since that the row may not
 * show yet: what ended while it was read must not come back.
 */
export async function withSettledRow<T>(
  db: Db,
  roster: Roster,
  id: SessionId,
  use: (session: LiveSession | undefined) => T,
): Promise<T> {
  for (;;) {
    const { changesApplied } = roster;
    const entry = roster.get(id);
    const rows = await readLiveSessions(db, [id]);
    if (changesApplied === roster.changesApplied && entry === roster.get(id)) return use(rows.get(id));
  }
}
