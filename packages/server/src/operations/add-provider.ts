import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { newRowId } from "#crypto/tokens.ts";
import { providerName, refusedProvider } from "#domain/provider-terms.ts";
import { findApplication } from "#storage/applications.ts";
import { findProvider, putProvider } from "#storage/providers.ts";
import type { ProviderId } from "#storage/tables.ts";
import { callbackUrl } from "#steps/callback-url.ts";
import { transact } from "#storage/transaction.ts";
import { recordAudit } from "#steps/record-audit.ts";
import { settingsOfProvider } from "#providers/settings.ts";

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
  const provider = {
    id: newRowId<ProviderId>(),
    applicationId: application.id,
    name,
    settings: JSON.stringify(settings),
    sealedSecret: clientSecret === "" ? null : providers.close(clientSecret),
    createdAt: now,
  };
  await transact(db, async (tx) => {
    const before = await findProvider(tx, applicationId, name);
    await putProvider(tx, provider);
    await recordAudit(tx, context, {
      record: "provider",
      id: name,
      applicationId,
      before: before && settingsOfProvider(before.settings),
      after: { ...settings, ...(before && provider.sealedSecret !== null && { clientSecret: "changed" }) },
    });
    return {};
  });
  return done({ provider: { name, settings, callbackUrl: callbackUrl(context, application, { name }) } });
}
