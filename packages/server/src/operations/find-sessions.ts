import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { sessionOutput } from "#domain/session-output.ts";
import { findApplication } from "#storage/applications.ts";
import { sessionListing, type SessionSort } from "#storage/session-list.ts";
import { sessionNames } from "#storage/session-names.ts";
import type { Session } from "#storage/tables.ts";
import { readList } from "#steps/read-list.ts";
import { settleSessionSearch } from "#steps/settle-search.ts";

export async function findSessions(
  { db }: Context,
  _: CallerOf<"findSessions">,
  { applicationId, limit, cursor, sort, order, count, ...asked }: InputOf<"findSessions">,
): Promise<Answer<"findSessions">> {
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  const filter = await settleSessionSearch(db, application.id, asked);
  const found = await readList<Session, SessionSort>(db, { limit, cursor, sort, order, count }, "created", (by) =>
    sessionListing(application.id, filter, by),
  );
  if (found.refused) return refuse(found.refused);
  const names = await sessionNames(db, found.rows);
  return done({ sessions: found.rows.map((row) => sessionOutput(row, names)), ...found.next });
}
