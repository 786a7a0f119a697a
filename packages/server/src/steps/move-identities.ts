import { identityKey } from "@latchkey/protocol";
import type { Decision } from "#domain/decision.ts";
import { releaseIdentity, takeIdentity } from "#storage/accounts.ts";
import type { Account, Db } from "#storage/tables.ts";

type Names = Pick<Account, "login" | "email">;

/**
 * Lets an account sign in by its new names instead of those it has. The name in the identity column always is an
 * identity; the other one is if it was, as at the live door.
 */
export async function moveIdentities(
  tx: Db,
  account: Account,
  changes: Partial<Names>,
  identityColumn: string,
): Promise<Decision<object, "loginTaken" | "propertyEmpty">> {
  const names: Names = { ...account, ...changes };
  const identityName = identityColumn === "email" ? "email" : "login";
  for (const [name, other] of [
    ["login", "email"],
    ["email", "login"],
  ] as const) {
    const [before, after] = [keyOf(account[name]), keyOf(names[name])];
    if (before === after) continue;
    const isShared = before === keyOf(names[other]);
    const had = before !== null && !isShared && (await release(before));
    if (after === null) {
      if (had) return { refused: "propertyEmpty" };
    } else if ((had || name === identityName) && !(await take(after))) {
      return { refused: "loginTaken" };
    }
  }
  return {};

  function release(key: string): Promise<boolean> {
    return releaseIdentity(tx, account.applicationId, key, account.id);
  }

  function take(key: string): Promise<boolean> {
    return takeIdentity(tx, account.applicationId, key, account.id);
  }
}

function keyOf(name: string | null): string | null {
  return name === null ? null : identityKey(name);
}
