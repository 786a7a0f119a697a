import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { providerName } from "#domain/provider-terms.ts";
import { findProvider, removeProvider as remove } from "#storage/providers.ts";
import type { Decision } from "#domain/decision.ts";
import { transact } from "#storage/transaction.ts";
import { recordAudit } from "#steps/record-audit.ts";
import { settingsOfProvider } from "#providers/settings.ts";

export async function removeProvider(
  context: Context,
  _: CallerOf<"removeProvider">,
  { applicationId, name: given }: InputOf<"removeProvider">,
): Promise<Answer<"removeProvider">> {
  const name = providerName(given);
  const removed = await transact<Decision<object, "providerNotFound">>(context.db, async (tx) => {
    const before = await findProvider(tx, applicationId, name);
    if (!before || !(await remove(tx, applicationId, name))) return { refused: "providerNotFound" };
    const states = { before: settingsOfProvider(before.settings) };
    await recordAudit(tx, context, { record: "provider", id: name, applicationId, ...states });
    return {};
  });
  return removed.refused ? refuse(removed.refused) : done({});
}
