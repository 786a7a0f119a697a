import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { newRowId } from "#crypto/tokens.ts";
import { providerName, refusedProvider } from "#domain/provider-terms.ts";
import { findApplication } from "#storage/applications.ts";
import { putProvider } from "#storage/providers.ts";
import type { ProviderId } from "#storage/tables.ts";
import { callbackUrl } from "#steps/callback-url.ts";

export async function addProvider(
  context: Context,
  _: CallerOf<"addProvider">,
  { applicationId, name: given, settings, clientSecret = "" }: InputOf<"addProvider">,
): Promise<Answer<"addProvider">> {
  const { db, now, providers } = context;
  const name = providerName(given);
  const refused = refusedProvider(name, settings);
  if (refused) return refuse(refused);
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  await putProvider(db, {
    id: newRowId<ProviderId>(),
    applicationId: application.id,
    name,
    settings: JSON.stringify(settings),
    sealedSecret: clientSecret === "" ? null : providers.close(clientSecret),
    createdAt: now,
  });
  return done({ provider: { name, settings, callbackUrl: callbackUrl(context, application, { name }) } });
}
