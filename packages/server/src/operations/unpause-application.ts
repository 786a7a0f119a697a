import type { Answer, InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { setApplicationPaused } from "#storage/applications.ts";
import { changeApplication } from "#steps/change-application.ts";

export function unpauseApplication(
  context: Context,
  _: CallerOf<"unpauseApplication">,
  { applicationId }: InputOf<"unpauseApplication">,
): Promise<Answer<"unpauseApplication">> {
  return changeApplication(context, applicationId, { write: (tx, { id }) => setApplicationPaused(tx, id, null) });
}
