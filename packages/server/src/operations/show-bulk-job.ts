import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { bulkJobOutput } from "#domain/bulk-job.ts";
import { findBulkJob } from "#storage/bulk-jobs.ts";

/** What a job is to do, and how far it is. */
export async function showBulkJob(
  { db }: Context,
  _: CallerOf<"showBulkJob">,
  { applicationId, jobId }: InputOf<"showBulkJob">,
): Promise<Answer<"showBulkJob">> {
  const job = await findBulkJob(db, applicationId, jobId);
  return job ? done({ job: bulkJobOutput(job) }) : refuse("bulkJobNotFound");
}
