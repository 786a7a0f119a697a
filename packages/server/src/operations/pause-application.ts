import type { Answer, InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { setApplicationPaused } from "#storage/applications.ts";
import { deleteSessionsOf } from "#storage/sessions.ts";
import { changeApplication } from "#steps/change-application.ts";

export function pauseApplication(
  context: Context,
  _: CallerOf<"pauseApplication">,
  { applicationId }: InputOf<"pauseApplication">,
): Promise<Answer<"pauseApplication">> {
  return changeApplication(context, applicationId, {
    event: "appPaused",
    async write(tx, { id }) {
      const paused = await setApplicationPaused(tx, id, context.now);
      // Nobody resumes into it, not even after it is unpaused (LP-RES-3).
      if (paused) await deleteSessionsOf(tx, id, "live");
      return paused;
    },
  });
}
