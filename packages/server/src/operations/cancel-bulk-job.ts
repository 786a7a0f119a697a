import type { Answer, InputOf } from "@latchkey/protocol";
import { bulkJobScopes, done, refuse } from "@latchkey/protocol";
import { type CallerOf, meets } from "#caller.ts";
import type { Context } from "#context.ts";
import { bulkJobOutput } from "#domain/bulk-job.ts";
import { endBulkJob, findBulkJob } from "#storage/bulk-jobs.ts";
import { transact } from "#storage/transaction.ts";
import { recordAudit } from "#steps/record-audit.ts";

/** Ends a job before its end; a batch that is being written either comes before or does not happen. */
export async function cancelBulkJob(
  context: Context,
  caller: CallerOf<"cancelBulkJob">,
  { applicationId, jobId }: InputOf<"cancelBulkJob">,
): Promise<Answer<"cancelBulkJob">> {
  const { db, now } = context;
  const found = await findBulkJob(db, applicationId, jobId);
  if (!found) return refuse("bulkJobNotFound");
  if (!meets(bulkJobScopes[found.kind], caller)) return refuse("notAllowed");
  const cancelled = await transact(db, async (tx) => {
    const job = await endBulkJob(tx, found.id, now);
    if (!job) return { refused: "bulkJobOver" } as const;
    const { doneCount: done } = job;
    await recordAudit(tx, context, { record: "bulkJob", id: jobId, applicationId, after: { cancelledAt: now, done } });
    return { job };
  });
  return cancelled.refused ? refuse(cancelled.refused) : done({ job: bulkJobOutput(cancelled.job) });
}
