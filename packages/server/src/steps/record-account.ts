import { accountOutput } from "#domain/account-output.ts";
import type { Account, Db } from "#storage/tables.ts";
import { recordAudit, type Recording } from "./record-audit.ts";

/** Puts what becomes of an account into the audit log; `undefined`: it is not there yet, or not any more. */
export async function recordAccount(
  tx: Db,
  context: Recording,
  before: Account | undefined,
  after: Account | undefined,
): Promise<void> {
  const account = after ?? before;
  if (!account) return;
  await recordAudit(tx, context, {
    record: "account",
    id: account.id,
    applicationId: account.applicationId,
    before: before && shown(before),
    after: after && { ...shown(after), ...(before && before.passwordHash !== after.passwordHash && password(after)) },
  });
}

/** As operators see it, and why it cannot be used; when it was changed is when the entry was made. */
function shown(account: Account): object {
  const { updatedAt: _, lastLoginAt: __, ...output } = accountOutput(account);
  const { blacklistedAt } = account;
  return { ...output, ...(blacklistedAt !== null && { blacklistedAt }) };
}

function password({ passwordHash }: Account): object {
  return { password: passwordHash === null ? "removed" : "changed" };
}
