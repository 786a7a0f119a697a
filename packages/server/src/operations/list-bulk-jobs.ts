import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { bulkJobOutput } from "#domain/bulk-job.ts";
import { findApplication } from "#storage/applications.ts";
import { listBulkJobs as list } from "#storage/bulk-jobs.ts";
import { cutPage, pageFrom } from "#steps/pages.ts";

export async function listBulkJobs(
  { db }: Context,
  _: CallerOf<"listBulkJobs">,
  { applicationId, ...asked }: InputOf<"listBulkJobs">,
): Promise<Answer<"listBulkJobs">> {
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  const page = pageFrom(asked);
  const { records, ...next } = cutPage(await list(db, application.id, page), page);
  return done({ jobs: records.map(bulkJobOutput), ...next });
}
