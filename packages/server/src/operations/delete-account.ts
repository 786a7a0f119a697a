import type { Answer, InputOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { removeAccount } from "#storage/accounts.ts";
import { lockApplication } from "#storage/applications.ts";
import { changeAccount } from "#steps/change-account.ts";

export function deleteAccount(
  context: Context,
  _: CallerOf<"deleteAccount">,
  named: InputOf<"deleteAccount">,
): Promise<Answer<"deleteAccount">> {
  return changeAccount(context, named, {
    ends: { event: "accountDeleted" },
    async write(tx, { id, applicationId }) {
      // Its count is moved after the account is gone, but rows are locked in the order application, account.
      await lockApplication(tx, applicationId);
      return removeAccount(tx, id);
    },
  });
}
