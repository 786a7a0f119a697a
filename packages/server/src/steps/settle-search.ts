import { identityKey } from "@latchkey/protocol";
import type { AccountFilter } from "#storage/account-list.ts";
import { findAccountByIdentity } from "#storage/accounts.ts";
import type { LicenseFilter } from "#storage/license-list.ts";
import type { SessionFilter } from "#storage/session-list.ts";
import { findSession } from "#storage/sessions.ts";
import type { ApplicationId, Db } from "#storage/tables.ts";
import { findNamedLicense } from "./change-license.ts";
import { findNamedAccount } from "./find-named-account.ts";

// A search that is the whole of a name or an id finds what has it, by its index: however many records there are, who
// pastes one finds it at once.

export async function settleLicenseSearch(
  db: Db,
  applicationId: ApplicationId,
  filter: LicenseFilter,
): Promise<LicenseFilter> {
  const { search, ...rest } = filter;
  const named = search === undefined ? undefined : await findNamedLicense(db, { license: search, applicationId });
  return named ? { ...rest, ids: [named.id] } : filter;
}

export async function settleAccountSearch(
  db: Db,
  applicationId: ApplicationId,
  filter: AccountFilter,
): Promise<AccountFilter> {
  const { search, ...rest } = filter;
  if (search === undefined) return filter;
  const named =
    (await findAccountByIdentity(db, { applicationId, key: identityKey(search) })) ??
    (await findNamedAccount(db, { accountId: search, applicationId }));
  return named ? { ...rest, ids: [named.id] } : filter;
}

export async function settleSessionSearch(
  db: Db,
  applicationId: ApplicationId,
  filter: SessionFilter,
): Promise<SessionFilter> {
  const { search, ...rest } = filter;
  const named = search === undefined ? undefined : await findSession(db, search);
  return named?.applicationId === applicationId ? { ...rest, ids: [named.id] } : filter;
}
