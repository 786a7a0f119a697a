import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { accountOutput } from "#domain/account-output.ts";
import { findAccount } from "#storage/accounts.ts";
import { forgetFailuresOf } from "#storage/sign-in-failures.ts";

/** Lifts the lock of an account, whichever of its identities has it (US-LOCK-5). */
export async function unlockAccount(
  { db }: Context,
  _: CallerOf<"unlockAccount">,
  { accountId }: InputOf<"unlockAccount">,
): Promise<Answer<"unlockAccount">> {
  const account = await findAccount(db, { id: accountId });
  if (!account) return refuse("accountNotFound");
  await forgetFailuresOf(db, account);
  return done({ account: accountOutput(account) });
}
