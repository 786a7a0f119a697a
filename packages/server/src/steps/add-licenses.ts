import { cutTo, type InputOf, limits } from "@latchkey/protocol";
import type { Context } from "#context.ts";
import { newLicenseKey, newRowId } from "#crypto/tokens.ts";
import { insertLicenses } from "#storage/licenses.ts";
import type { ApplicationId, Db, LicenseId } from "#storage/tables.ts";
import type { BulkJob } from "#storage/tables-bulk.ts";
import { recordAudit } from "./record-audit.ts";

type Plan = Omit<InputOf<"createLicenses">, "applicationId">;

/** Creates licenses with one plan and fresh keys, by themselves or as a part of what a job creates. */
export async function addLicenses(
  context: Context,
  tx: Db,
  applicationId: ApplicationId,
  asked: Plan,
  job?: Pick<BulkJob, "id" | "createdAt">,
): Promise<{ id: string; license: string }[]> {
  const { count, durationMs, levels = [], seats, comment, bindsClient } = asked;
  const plan = {
    applicationId,
    levels: JSON.stringify(levels),
    comment: comment ? cutTo(comment, limits.comment) : null,
    durationMs: durationMs ?? null,
    seats: seats ?? null,
    clientPolicy: bindsClient ? "first" : "any",
    createdAt: job?.createdAt ?? context.now,
    bulkJobId: job?.id ?? null,
  } as const;
  const licenses = Array.from({ length: count }, () => ({
    id: newRowId<LicenseId>(),
    key: newLicenseKey(),
    ...plan,
  }));
  await insertLicenses(tx, licenses);
  const [first] = licenses;
  await recordAudit(tx, context, {
    record: "license",
    ...(first && count === 1 && { id: first.id }),
    applicationId,
    after: { ...asked, ...(job && { bulkJobId: job.id }) },
  });
  return licenses.map(({ id, key }) => ({ id, license: key }));
}
