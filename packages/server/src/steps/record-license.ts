import { licenseOutput } from "#domain/license-output.ts";
import type { Db, License } from "#storage/tables.ts";
import { recordAudit, type Recording } from "./record-audit.ts";

/** Puts what becomes of a license into the audit log; `undefined`: it is not there any more. */
export async function recordLicense(
  tx: Db,
  context: Recording,
  before: License,
  after: License | undefined,
): Promise<void> {
  const { id, applicationId } = before;
  await recordAudit(tx, context, {
    record: "license",
    id,
    applicationId,
    before: shown(before, context.now),
    after: after && shown(after, context.now),
  });
}

/** As operators see it; whoever has its key may use it, so the log has the end of it only. */
function shown(license: License, now: number): object {
  const { license: key, lastUsedAt: _, ...output } = licenseOutput(license, now);
  const { pausedAt, blacklistedAt } = license;
  return {
    ...output,
    license: `…${key.slice(-5)}`,
    ...(pausedAt !== null && { pausedAt }),
    ...(blacklistedAt !== null && { blacklistedAt }),
  };
}
