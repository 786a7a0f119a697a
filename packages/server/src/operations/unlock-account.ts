import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { accountOutput } from "#domain/account-output.ts";
import { forgetFailuresOf } from "#storage/sign-in-failures.ts";
import { findNamedAccount } from "#steps/find-named-account.ts";
import { transact } from "#storage/transaction.ts";
import { recordAccount } from "#steps/record-account.ts";

/** Lifts the lock of an account, whichever of its identities has it (US-LOCK-5). */
export async function unlockAccount(
  context: Context,
  _: CallerOf<"unlockAccount">,
  named: InputOf<"unlockAccount">,
): Promise<Answer<"unlockAccount">> {
  const unlocked = await transact(context.db, async (tx) => {
    const account = await findNamedAccount(tx, named);
    if (!account) return { refused: "accountNotFound" } as const;
    await forgetFailuresOf(tx, account);
    await recordAccount(tx, context, account, account);
    return { account };
  });
  return unlocked.refused ? refuse(unlocked.refused) : done({ account: accountOutput(unlocked.account) });
}
