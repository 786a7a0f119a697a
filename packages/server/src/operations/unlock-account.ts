import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { accountOutput } from "#domain/account-output.ts";
import { forgetFailuresOf } from "#storage/sign-in-failures.ts";
import { findNamedAccount } from "#steps/find-named-account.ts";

/** Lifts the lock of an account, whichever of its identities has it (US-LOCK-5). */
export async function unlockAccount(
  { db }: Context,
  _: CallerOf<"unlockAccount">,
  named: InputOf<"unlockAccount">,
): Promise<Answer<"unlockAccount">> {
  const account = await findNamedAccount(db, named);
  if (!account) return refuse("accountNotFound");
  await forgetFailuresOf(db, account);
  return done({ account: accountOutput(account) });
}
