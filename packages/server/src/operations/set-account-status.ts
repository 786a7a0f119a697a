import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { lockAccount } from "#storage/accounts.ts";
import { transact } from "#storage/transaction.ts";
import { applyToAccount, disabling, enabling } from "#steps/change-account.ts";

const changes = {
  ENABLED: { change: enabling, already: "accountAlreadyEnabled" },
  DISABLED: { change: disabling, already: "accountAlreadyDisabled" },
} as const;

/** Enables or disables an account, by server code. Order: US-STATUS-1, 2. */
export async function setAccountStatus(
  context: Context,
  { applicationId }: CallerOf<"setAccountStatus">,
  { accountId, userStatus }: InputOf<"setAccountStatus">,
): Promise<Answer<"setAccountStatus">> {
  const { db, changeLog } = context;
  if (userStatus === undefined || userStatus === null) return refuse("argumentMissing");
  if (userStatus !== "ENABLED" && userStatus !== "DISABLED") return refuse("argumentMalformed");
  const { change, already } = changes[userStatus];
  const { refused } = await transact(db, async (tx) => {
    const found = await lockAccount(tx, accountId);
    if (found?.applicationId !== applicationId) return { refused: "accountNotFound" } as const;
    return (await applyToAccount(context, tx, found, change)) === found ? ({ refused: already } as const) : {};
  });
  if (refused) return refuse(refused);
  await changeLog.wake();
  return done({});
}
