import type { Answer, InputOf } from "@latchkey/protocol";
import { refuse, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { isApplicationName } from "#domain/application-name.ts";
import { updateApplicationRow } from "#storage/applications.ts";
import { changeApplication } from "#steps/change-application.ts";

/** Changes what is given and leaves the rest; a new version is told to every client (event 102). */
export async function updateApplication(
  context: Context,
  _: CallerOf<"updateApplication">,
  { applicationId, name, version, settings }: InputOf<"updateApplication">,
): Promise<Answer<"updateApplication">> {
  if (name !== undefined && !isApplicationName(name)) return refuse("applicationNameInvalid");
  return changeApplication(context, applicationId, {
    ...(version !== undefined && { event: "appVersionChanged", content: () => ({ version }) }),
    write: (tx, application) =>
      updateApplicationRow(tx, application.id, {
        ...(name !== undefined && { name }),
        ...(version !== undefined && { version }),
        ...(settings && { settings: JSON.stringify({ ...settingsOf(application), ...settings }) }),
      }),
  });
}
