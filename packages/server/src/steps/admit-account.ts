import { type OutputOf, settingsOf } from "@latchkey/protocol";
import type { CallerSession } from "#caller.ts";
import type { Context } from "#context.ts";
import { accountAuthorizationOutput } from "#domain/account-output.ts";
import { accountTerms } from "#domain/account-terms.ts";
import type { Decision } from "#domain/decision.ts";
import { licensesOfAccount } from "#storage/licenses.ts";
import type { Authorization } from "#storage/live-session.ts";
import type { Account, Application, Db, SessionId } from "#storage/tables.ts";
import { admitSession } from "./admit-session.ts";
import { type Held, holdLicense } from "./hold-license.ts";

export interface AccountAdmission {
  readonly application: Application;
  readonly account: Account;
  readonly session: Required<CallerSession>;
  readonly address: string;
  readonly attachedTo?: SessionId;
}

export type AdmittedAccount = Decision<
  { readonly authorization: Authorization; readonly output: OutputOf<"getCurrentAccount"> },
  NonNullable<Held["refused"]>
>;

/**
 * Admits a session by its account, with one of its licenses where the application requires one (LP-CRED-7). Runs in a
 * transaction that began with `lockQuota` and has locked the account.
 */
export async function admitAccount(
  context: Context,
  tx: Db,
  { application, account, address, ...rest }: AccountAdmission,
): Promise<AdmittedAccount> {
  const { now } = context;
  const licenses = await licensesOfAccount(tx, { accountId: account.id });
  const { expiresAt } = accountTerms(account, licenses, now);
  const admission = { application, accountId: account.id, expiresAt, ...rest };
  const admitted = settingsOf(application).licenseRequired
    ? await holdLicense(context, tx, licenses, admission)
    : await admitSession(context, tx, { ...admission, expiresAt: null });
  if (admitted.refused) return admitted;
  return { ...admitted, output: accountAuthorizationOutput(application, account, licenses, address, now) };
}
