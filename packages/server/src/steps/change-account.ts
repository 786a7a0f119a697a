import type { Answer, EventName } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { Context } from "#context.ts";
import { accountOutput } from "#domain/account-output.ts";
import type { Decision } from "#domain/decision.ts";
import { disableAccountRow, enableAccountRow, lockAccount, removeAccount } from "#storage/accounts.ts";
import { lockApplication } from "#storage/applications.ts";
import { appendChange } from "#storage/changes.ts";
import { revokeOfAccount } from "#storage/authorizations.ts";
import type { Account, Db, SessionId } from "#storage/tables.ts";
import { transact } from "#storage/transaction.ts";
import { endUserSessions } from "#storage/user-sessions.ts";
import { recordAccount } from "./record-account.ts";
import { isStale } from "./is-stale.ts";
import { findNamedAccount, type NamedAccount } from "./find-named-account.ts";

/** What is done to an account, and what becomes of its sessions. */
export interface AccountChange {
  /** What its live clients are told; absent: its sessions go on. */
  readonly ends?: {
    readonly event: EventName;
    readonly content?: Readonly<Record<string, string>>;
    /** Its user tokens answer that it is disabled (US-LOGOUT-8). */
    readonly marksDisabled?: true;
    /** It goes on, and so do the live connections that are attached to it. */
    readonly except?: SessionId;
  };
  /** The one statement that does it. No row: it was done already. */
  readonly write: (tx: Db, account: Account) => Promise<Account | undefined>;
}

/** Ends its sessions, whose tokens say why (US-STATUS-3); it cannot sign in until it is enabled. */
export const disabling: AccountChange = {
  ends: { event: "sessionEnded", content: { by: "operator" }, marksDisabled: true },
  write: (tx, { id }) => disableAccountRow(tx, id),
};

/** Lets it sign in again. */
export const enabling: AccountChange = { write: enableAccountRow };

type NotChanged = "accountNotFound" | "changedMeanwhile";

/** Its licenses stay, linked to nobody. */
export const deletingAccount: AccountChange = {
  ends: { event: "accountDeleted" },
  async write(tx, { id, applicationId }) {
    // Its count is moved after the account is gone, but rows are locked in the order application, account.
    await lockApplication(tx, applicationId);
    return removeAccount(tx, id);
  },
};

/** Changes an account, its sessions at both doors and the change log in one transaction. */
export async function changeAccount(
  context: Context,
  named: NamedAccount,
  change: AccountChange,
): Promise<Answer<"enableAccount">> {
  const { db, changeLog } = context;
  const changed = await transact<Decision<{ readonly account: Account }, NotChanged>>(db, async (tx) => {
    const found = await findNamedAccount(tx, named);
    // A condition is judged on a row that stays as it is, and the log tells what it was.
    const current = found && (await lockAccount(tx, found.id));
    if (!current) return { refused: "accountNotFound" };
    if (isStale(context, { account: accountOutput(current) })) return { refused: "changedMeanwhile" };
    return { account: await applyToAccount(context, tx, current, change) };
  });
  if (changed.refused) return refuse(changed.refused);
  await changeLog.wake();
  return done({ account: accountOutput(changed.account) });
}

/** The same within a transaction of the caller's; answers the account as it is now, or `found` when it was done already. */
export async function applyToAccount(
  context: Context,
  tx: Db,
  found: Account,
  { ends, write }: AccountChange,
): Promise<Account> {
  const account = await write(tx, found);
  if (!account) return found;
  const { now } = context;
  await recordAccount(tx, context, found, ends?.event === "accountDeleted" ? undefined : account);
  if (ends) {
    const { event, content = {}, marksDisabled, except } = ends;
    await endUserSessions(tx, found.id, marksDisabled ? now : null, except);
    await revokeOfAccount(tx, found.id, except);
    await appendChange(tx, { event, applicationId: found.applicationId, accountId: found.id, content }, now);
  }
  return account;
}
