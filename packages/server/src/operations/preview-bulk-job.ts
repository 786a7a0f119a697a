import type { Answer, InputOf } from "@latchkey/protocol";
import { bulkJobScopes, countAtMost, done, refuse } from "@latchkey/protocol";
import { type CallerOf, meets } from "#caller.ts";
import type { Context } from "#context.ts";
import { isPlan } from "#domain/bulk-job.ts";
import { findApplication } from "#storage/applications.ts";
import { countRows } from "#storage/listing.ts";
import { recordsOf, sessionsEndedBy, settlePlan } from "#steps/bulk-records.ts";

/** What an action on many records would concern, and how many sessions it would end. */
export async function previewBulkJob(
  { db, now }: Context,
  caller: CallerOf<"previewBulkJob">,
  { applicationId, ...asked }: InputOf<"previewBulkJob">,
): Promise<Answer<"previewBulkJob">> {
  if (!meets(bulkJobScopes[asked.kind], caller)) return refuse("notAllowed");
  if (!isPlan(asked)) return refuse("bulkPlanInvalid");
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  const plan = await settlePlan(db, application.id, asked);
  const records = recordsOf(application.id, plan, now);
  const sessions = sessionsEndedBy(application.id, plan, now);
  return done({
    records: records ? await countRows(db, records, countAtMost) : { count: plan.create?.count ?? 0, isMore: false },
    sessions: sessions ? await countRows(db, sessions, countAtMost) : { count: 0, isMore: false },
  });
}
