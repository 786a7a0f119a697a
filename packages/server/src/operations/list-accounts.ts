import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { accountOutput } from "#domain/account-output.ts";
import { listAccounts as list } from "#storage/accounts.ts";
import { findApplication } from "#storage/applications.ts";
import { cutPage, pageFrom } from "#steps/pages.ts";

export async function listAccounts(
  { db }: Context,
  _: CallerOf<"listAccounts">,
  { applicationId, ...asked }: InputOf<"listAccounts">,
): Promise<Answer<"listAccounts">> {
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  const page = pageFrom(asked);
  const { records, ...next } = cutPage(await list(db, application.id, page), page);
  return done({ accounts: records.map(accountOutput), ...next });
}
