import type { Answer, InputOf } from "@latchkey/protocol";
import { bulkJobScopes, countAtMost, done, refuse } from "@latchkey/protocol";
import { type CallerOf, meets } from "#caller.ts";
import type { Context } from "#context.ts";
import { newRowId } from "#crypto/tokens.ts";
import { bulkJobOutput, isPlan } from "#domain/bulk-job.ts";
import { findApplication, lockApplication } from "#storage/applications.ts";
import { insertBulkJob } from "#storage/bulk-jobs.ts";
import { countRows } from "#storage/listing.ts";
import type { BulkJobId } from "#storage/tables.ts";
import { transact } from "#storage/transaction.ts";
import { recordsOf, settlePlan } from "#steps/bulk-records.ts";
import { recordAudit } from "#steps/record-audit.ts";

/** Begins an action on many records, which goes on by itself. */
export async function startBulkJob(
  context: Context,
  caller: CallerOf<"startBulkJob">,
  { applicationId, ...asked }: InputOf<"startBulkJob">,
): Promise<Answer<"startBulkJob">> {
  const { db, now, actor, bulkRunner } = context;
  if (!meets(bulkJobScopes[asked.kind], caller)) return refuse("notAllowed");
  if (!isPlan(asked)) return refuse("bulkPlanInvalid");
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  const plan = await settlePlan(db, application.id, asked);
  const records = recordsOf(application.id, plan, now);
  const total = records ? await countRows(db, records, countAtMost) : { count: plan.create?.count ?? 0, isMore: false };
  const started = await transact(db, async (tx) => {
    if (!(await lockApplication(tx, application.id))) return { refused: "applicationNotFound" } as const;
    const job = await insertBulkJob(tx, {
      id: newRowId<BulkJobId>(),
      applicationId: application.id,
      kind: plan.kind,
      plan: JSON.stringify(plan),
      actor: JSON.stringify(actor),
      records: JSON.stringify(total),
      createdAt: now,
    });
    await recordAudit(tx, context, { record: "bulkJob", id: job.id, applicationId, after: plan });
    return { job };
  });
  if (started.refused) return refuse(started.refused);
  bulkRunner.wake();
  return done({ job: bulkJobOutput(started.job) });
}
