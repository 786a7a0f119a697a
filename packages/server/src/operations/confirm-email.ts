import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { refusalOf } from "#domain/decision.ts";
import { findLinkedAccount } from "#storage/account-links.ts";
import { lockAccount } from "#storage/accounts.ts";
import { enablePending } from "#storage/confirmations.ts";
import { type Decided, transact } from "#storage/transaction.ts";
import { findLink } from "#steps/find-link.ts";
import { recordAccount } from "#steps/record-account.ts";

/** Confirms the address of an account that waits for it. The link stays until its end: a repeat answers the same (US-CONF-3). */
export async function confirmEmail(
  context: Context,
  caller: CallerOf<"confirmEmail">,
  link: InputOf<"confirmEmail">,
): Promise<Answer<"confirmEmail">> {
  const found = await findLink(context, caller, "confirm", link);
  if (found.refused) return refusalOf(found);
  const confirmed = await transact<Decided>(context.db, async (tx) => {
    // Whoever takes the link away, or disables the account, comes before or after this.
    await lockAccount(tx, found.account.id);
    const account = await findLinkedAccount(tx, found.sought);
    if (!account || account.status === "disabled") return { refused: "linkInvalid" };
    const enabled = await enablePending(tx, account.id);
    if (enabled) await recordAccount(tx, context, account, enabled);
    return {};
  });
  return confirmed.refused ? refuse("linkInvalid") : done(found.about);
}
