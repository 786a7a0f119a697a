import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { retryWhenBusy } from "#crypto/passwords.ts";
import { refusalOf } from "#domain/decision.ts";
import { isPasswordAllowed } from "#domain/user-form.ts";
import { useUpLink, voidLinks } from "#storage/account-links.ts";
import { lockAccount, setPasswordHash } from "#storage/accounts.ts";
import { enablePending } from "#storage/confirmations.ts";
import { forgetFailuresOf } from "#storage/sign-in-failures.ts";
import type { Account, Db } from "#storage/tables.ts";
import { type Decided, transact } from "#storage/transaction.ts";
import { applyToAccount } from "#steps/change-account.ts";
import { findLink, type FoundLink } from "#steps/find-link.ts";
import { recordAccount } from "#steps/record-account.ts";

/** Uses a link up: a new password, no session left, no lock, and an address that has proven to be right (US-RECOV-5). */
export async function recoverPassword(
  context: Context,
  caller: CallerOf<"recoverPassword">,
  { password = "", ...link }: InputOf<"recoverPassword">,
): Promise<Answer<"recoverPassword">> {
  const found = await findLink(context, caller, "recover", link);
  if (found.refused) return refusalOf(found);
  const { about, account } = found;
  if (typeof password !== "string") return refuse("passwordNotText", about);
  if (!isPasswordAllowed(password, about.passwordMinLength)) return refuse("passwordRefused", about);
  const hash = await context.passwords.hash(password, account.applicationId);
  if (!hash) return refuse("tooManyRequests", { ...about, retryAfter: retryWhenBusy });
  const recovered = await transact<Decided>(context.db, (tx) => recover(context, tx, found, hash));
  if (recovered.refused) return refuse("linkInvalid");
  await context.changeLog.wake();
  return done(about);
}

async function recover(context: Context, tx: Db, { account, sought }: FoundLink, hash: string): Promise<Decided> {
  // In the order in which others lock: the account, then what belongs to it.
  const current = await lockAccount(tx, account.id);
  const isGood = current && current.status !== "disabled" && (await useUpLink(tx, sought));
  if (!isGood) return { refused: "linkInvalid" };
  await applyToAccount(context, tx, current, {
    ends: { event: "accountPasswordChanged" },
    write: (_, { id }: Account) => setPasswordHash(tx, id, hash, context.now),
  });
  const enabled = await enablePending(tx, current.id);
  if (enabled) await recordAccount(tx, context, current, { ...enabled, passwordHash: current.passwordHash });
  await forgetFailuresOf(tx, current);
  await voidLinks(tx, current.id, ["recover"]);
  return {};
}
