import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { sessionOutput } from "#domain/session-output.ts";
import { findApplication } from "#storage/applications.ts";
import { listSessions } from "#storage/sessions.ts";
import { cutPage, pageFrom } from "#steps/pages.ts";

export async function findSessions(
  { db }: Context,
  _: CallerOf<"findSessions">,
  { applicationId, ...asked }: InputOf<"findSessions">,
): Promise<Answer<"findSessions">> {
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  const page = pageFrom(asked);
  const { records, ...next } = cutPage(await listSessions(db, application.id, page), page);
  return done({ sessions: records.map(sessionOutput), ...next });
}
