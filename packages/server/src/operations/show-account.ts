import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { accountOutput } from "#domain/account-output.ts";
import { findNamedAccount } from "#steps/find-named-account.ts";

export async function showAccount(
  { db }: Context,
  _: CallerOf<"showAccount">,
  named: InputOf<"showAccount">,
): Promise<Answer<"showAccount">> {
  const account = await findNamedAccount(db, named);
  return account ? done({ account: accountOutput(account) }) : refuse("accountNotFound");
}
