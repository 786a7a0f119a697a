import { type Answer, done, type InputOf, pageAtMost } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { auditOutput } from "#domain/audit-output.ts";
import { auditAfter } from "#storage/audit.ts";

export async function exportAudit(
  { db }: Context,
  _: CallerOf<"exportAudit">,
  { applicationId, after = 0, limit = pageAtMost }: InputOf<"exportAudit">,
): Promise<Answer<"exportAudit">> {
  const entries = await auditAfter(db, after, limit, applicationId);
  return done({ entries: entries.map(auditOutput) });
}
