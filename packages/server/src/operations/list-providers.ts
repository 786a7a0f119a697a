import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { settingsOfProvider } from "#providers/settings.ts";
import { findApplication } from "#storage/applications.ts";
import { listProviders as list } from "#storage/providers.ts";
import { callbackUrl } from "#steps/callback-url.ts";

export async function listProviders(
  context: Context,
  _: CallerOf<"listProviders">,
  { applicationId }: InputOf<"listProviders">,
): Promise<Answer<"listProviders">> {
  const application = await findApplication(context.db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  const rows = await list(context.db, application.id);
  const providers = rows.map((row) => ({
    name: row.name,
    settings: settingsOfProvider(row.settings),
    callbackUrl: callbackUrl(context, application, row),
  }));
  return done({ providers });
}
