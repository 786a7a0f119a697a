import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { accountOutput } from "#domain/account-output.ts";
import { findAccount } from "#storage/accounts.ts";

export async function showAccount(
  { db }: Context,
  _: CallerOf<"showAccount">,
  { accountId }: InputOf<"showAccount">,
): Promise<Answer<"showAccount">> {
  const account = await findAccount(db, { id: accountId });
  return account ? done({ account: accountOutput(account) }) : refuse("accountNotFound");
}
