import type { Answer, InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { removeApplication } from "#storage/applications.ts";
import { changeApplication } from "#steps/change-application.ts";

export function deleteApplication(
  context: Context,
  _: CallerOf<"deleteApplication">,
  { applicationId }: InputOf<"deleteApplication">,
): Promise<Answer<"deleteApplication">> {
  return changeApplication(context, applicationId, {
    event: "appDeleted",
    write: (tx, { id }) => removeApplication(tx, id),
  });
}
