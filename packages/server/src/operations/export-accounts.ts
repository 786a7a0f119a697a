import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { accountRowOf } from "#domain/account-row.ts";
import { listAccounts } from "#storage/accounts.ts";
import { findApplication } from "#storage/applications.ts";
import { rolesOfAccounts } from "#storage/roles.ts";
import { cutPage, pageFrom } from "#steps/pages.ts";
import { recordAudit } from "#steps/record-audit.ts";

export async function exportAccounts(
  context: Context,
  _: CallerOf<"exportAccounts">,
  { applicationId, ...asked }: InputOf<"exportAccounts">,
): Promise<Answer<"exportAccounts">> {
  const { db } = context;
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  const page = pageFrom(asked);
  const { records, ...next } = cutPage(await listAccounts(db, application.id, page), page);
  const roles = await rolesOfAccounts(
    db,
    records.map(({ id }) => id),
  );
  const rows = records.map((account) => accountRowOf(account, roles.get(account.id) ?? []));
  // A copy of all hashes is worth as much as a change to whoever takes one.
  await recordAudit(db, context, { record: "account", applicationId, after: { count: records.length } });
  return done({ rows: rows.filter((row) => row !== undefined), ...next });
}
