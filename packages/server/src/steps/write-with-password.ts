import type { Refusal } from "@latchkey/protocol";
import type { Caller } from "#caller.ts";
import type { Context } from "#context.ts";
import { retryWhenBusy } from "#crypto/passwords.ts";
import type { Decision } from "#domain/decision.ts";
import type { ApplicationId, Db } from "#storage/tables.ts";
import { rehearse } from "#storage/transaction.ts";
import { once } from "./once.ts";

/**
 * Writes an account with the hash of its password in one transaction, which is rehearsed before the password is hashed:
 * what would be refused costs no hash, and each rule stands once.
 */
export async function writeWithPassword<T extends object>(
  context: Context,
  { password, applicationId }: { readonly password: string; readonly applicationId: ApplicationId },
  caller: Pick<Caller, "request" | "session">,
  write: (tx: Db, passwordHash: string | null) => Promise<Decision<T, Refusal>>,
): Promise<Decision<T, Refusal>> {
  const rehearsed = await rehearse(context.db, (tx) => write(tx, null));
  if (rehearsed.refused) return rehearsed;
  const passwordHash = await context.passwords.hash(password, applicationId);
  if (!passwordHash) return { refused: "tooManyRequests", retryAfter: retryWhenBusy };
  return once(context, caller, (tx) => write(tx, passwordHash));
}
