import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { accountOutput } from "#domain/account-output.ts";
import { listAccounts as list } from "#storage/accounts.ts";
import { findApplication } from "#storage/applications.ts";

export async function listAccounts(
  { db }: Context,
  _: CallerOf<"listAccounts">,
  { applicationId }: InputOf<"listAccounts">,
): Promise<Answer<"listAccounts">> {
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  return done({ accounts: (await list(db, application.id)).map(accountOutput) });
}
