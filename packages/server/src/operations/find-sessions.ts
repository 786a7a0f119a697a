import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { sessionOutput } from "#domain/session-output.ts";
import { findApplication } from "#storage/applications.ts";
import { listSessions } from "#storage/sessions.ts";

export async function findSessions(
  { db }: Context,
  _: CallerOf<"findSessions">,
  { applicationId }: InputOf<"findSessions">,
): Promise<Answer<"findSessions">> {
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  return done({ sessions: (await listSessions(db, application.id)).map(sessionOutput) });
}
