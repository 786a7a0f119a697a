import type { Answer, InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { deleteSessionsOf } from "#storage/sessions.ts";
import { changeApplication } from "#steps/change-application.ts";

/** Ends every session of an application for good: clients are told and disconnected, user tokens name nothing any more. */
export function endApplicationSessions(
  context: Context,
  _: CallerOf<"endApplicationSessions">,
  { applicationId }: InputOf<"endApplicationSessions">,
): Promise<Answer<"endApplicationSessions">> {
  return changeApplication(context, applicationId, {
    event: "disconnect",
    async write(tx, application) {
      // User tokens first, as wherever both are ended.
      await deleteSessionsOf(tx, application.id, "user-service");
      await deleteSessionsOf(tx, application.id, "live");
      return application;
    },
  });
}
