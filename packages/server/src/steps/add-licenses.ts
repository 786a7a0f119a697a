import { cutTo, type InputOf, limits } from "@latchkey/protocol";
import type { Context } from "#context.ts";
import { newLicenseKey, newRowId } from "#crypto/tokens.ts";
import { insertLicenses } from "#storage/licenses.ts";
import type { ApplicationId, Db, LicenseId } from "#storage/tables.ts";
import type { BulkJob } from "#storage/tables-bulk.ts";

type Plan = Omit<InputOf<"createLicenses">, "applicationId">;

/** Creates licenses with one plan and fresh keys, by themselves or as a part of what a job creates. */
export async function addLicenses(
  { now }: Context,
  tx: Db,
  applicationId: ApplicationId,
  { count, durationMs, levels = [], seats, comment, bindsClient }: Plan,
  job?: Pick<BulkJob, "id" | "createdAt">,
): Promise<{ id: string; license: string }[]> {
  const plan = {
    applicationId,
    levels: JSON.stringify(levels),
    comment: comment ? cutTo(comment, limits.comment) : null,
    durationMs: durationMs ?? null,
    seats: seats ?? null,
    clientPolicy: bindsClient ? "first" : "any",
    createdAt: job?.createdAt ?? now,
    bulkJobId: job?.id ?? null,
  } as const;
  const licenses = Array.from({ length: count }, () => ({
    id: newRowId<LicenseId>(),
    key: newLicenseKey(),
    ...plan,
  }));
  await insertLicenses(tx, licenses);
  return licenses.map(({ id, key }) => ({ id, license: key }));
}
