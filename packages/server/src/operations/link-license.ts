import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import type { Decision } from "#domain/decision.ts";
import { licenseOutput } from "#domain/license-output.ts";
import { findAccount } from "#storage/accounts.ts";
import type { License } from "#storage/tables.ts";
import { transact } from "#storage/transaction.ts";
import { findNamedLicense } from "#steps/change-license.ts";
import { linkLicense as link, type LinkRefusal } from "#steps/link-license.ts";
import { accountBefore, settleAccount } from "#steps/release-license.ts";

/** Links a license to an account for its owner, and activates it. */
export async function linkLicense(
  context: Context,
  _: CallerOf<"linkLicense">,
  { accountId: id, ...named }: InputOf<"linkLicense">,
): Promise<Answer<"linkLicense">> {
  const { db, now, changeLog } = context;
  type Linked = Decision<{ readonly license: License }, LinkRefusal | "accountNotFound">;
  const linked = await transact<Linked>(db, async (tx) => {
    const found = await findNamedLicense(tx, named);
    if (!found) return { refused: "licenseNotFound" };
    const { applicationId, key } = found;
    const account = await findAccount(tx, { id });
    if (account?.applicationId !== applicationId) return { refused: "accountNotFound" };
    const before = await accountBefore(context, tx, account.id);
    const outcome = await link(context, tx, { applicationId, accountId: account.id, key });
    if (outcome.refused) return outcome;
    await settleAccount(context, tx, before);
    return outcome;
  });
  if (linked.refused) return refuse(linked.refused);
  await changeLog.wake();
  return done({ license: licenseOutput(linked.license, now) });
}
