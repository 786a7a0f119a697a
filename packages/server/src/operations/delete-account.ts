import type { Answer, InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { removeAccount } from "#storage/accounts.ts";
import { changeAccount } from "#steps/change-account.ts";

export function deleteAccount(
  context: Context,
  _: CallerOf<"deleteAccount">,
  { accountId }: InputOf<"deleteAccount">,
): Promise<Answer<"deleteAccount">> {
  return changeAccount(context, accountId, {
    ends: { event: "accountDeleted" },
    write: (tx, { id }) => removeAccount(tx, id),
  });
}
