import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { accountOutput } from "#domain/account-output.ts";
import { findApplication } from "#storage/applications.ts";
import { accountListing, type AccountSort } from "#storage/account-list.ts";
import type { Account } from "#storage/tables.ts";
import { readList } from "#steps/read-list.ts";
import { settleAccountSearch } from "#steps/settle-search.ts";

export async function listAccounts(
  { db }: Context,
  _: CallerOf<"listAccounts">,
  { applicationId, limit, cursor, sort, order, count, ...asked }: InputOf<"listAccounts">,
): Promise<Answer<"listAccounts">> {
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  const filter = await settleAccountSearch(db, application.id, asked);
  const found = await readList<Account, AccountSort>(db, { limit, cursor, sort, order, count }, "created", (by) =>
    accountListing(application.id, filter, by),
  );
  if (found.refused) return refuse(found.refused);
  return done({ accounts: found.rows.map(accountOutput), ...found.next });
}
