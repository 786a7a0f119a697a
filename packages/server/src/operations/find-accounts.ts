import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { placesOf } from "#domain/account-places.ts";
import { readAccountQuery } from "#domain/account-query.ts";
import { userOutput } from "#domain/user-output.ts";
import { findApplication } from "#storage/applications.ts";
import { columnsOf } from "#storage/columns.ts";
import { findAccounts as find } from "#storage/find-accounts.ts";
import { seesOthers } from "#steps/sees-others.ts";

/** Looks for accounts among those that the caller may see; that there may be none is no error (US-TABLE-2). */
export async function findAccounts(
  { db }: Context,
  caller: CallerOf<"findAccounts">,
  { query: given }: InputOf<"findAccounts">,
): Promise<Answer<"findAccounts">> {
  const { applicationId, authorization } = caller;
  const application = await findApplication(db, { id: applicationId });
  if (!application) return done({ accounts: [], props: [], excludeProps: [] });
  const settings = settingsOf(application);
  const columns = await columnsOf(db, { applicationId });
  const read = readAccountQuery(given, placesOf(columns, settings.identityColumn));
  if (read.refused) return refuse(read.refused, { about: read.about });
  const { props, excludeProps, ...search } = read.query;
  const seesAll = seesOthers(application, caller);
  const only = authorization?.accountId;
  if (!seesAll && only === undefined) return done({ accounts: [], props, excludeProps });
  const found = await find(db, { applicationId, ...search, ...(!seesAll && only !== undefined && { only }) });
  return done({ accounts: found.map((account) => userOutput(account, columns, settings)), props, excludeProps });
}
