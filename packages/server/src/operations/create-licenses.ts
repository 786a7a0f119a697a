import type { Answer, InputOf } from "@latchkey/protocol";
import { cutTo, done, limits, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { newLicenseKey, newRowId } from "#crypto/tokens.ts";
import { findApplication } from "#storage/applications.ts";
import { insertLicenses } from "#storage/licenses.ts";
import type { LicenseId, NewLicense } from "#storage/tables.ts";
import { transact } from "#storage/transaction.ts";
import { recordAudit } from "#steps/record-audit.ts";

/** Creates licenses with one plan and fresh keys. */
export async function createLicenses(
  context: Context,
  _: CallerOf<"createLicenses">,
  { applicationId, count, levels = [], comment, ...given }: InputOf<"createLicenses">,
): Promise<Answer<"createLicenses">> {
  const { db, now } = context;
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  const plan = {
    applicationId: application.id,
    levels: JSON.stringify(levels),
    comment: comment ? cutTo(comment, limits.comment) : null,
    durationMs: given.durationMs ?? null,
    seats: given.seats ?? null,
    clientPolicy: given.bindsClient ? "first" : "any",
    createdAt: now,
  } as const;
  const licenses = Array.from({ length: count }, (): NewLicense & { key: string } => ({
    id: newRowId<LicenseId>(),
    key: newLicenseKey(),
    ...plan,
  }));
  await transact(db, async (tx) => {
    await insertLicenses(tx, licenses);
    const [first] = licenses;
    await recordAudit(tx, context, {
      record: "license",
      ...(first && count === 1 && { id: first.id }),
      applicationId: application.id,
      after: { count, levels, ...(plan.comment !== null && { comment: plan.comment }), ...given },
    });
    return {};
  });
  return done({ licenses: licenses.map(({ id, key }) => ({ id, license: key })) });
}
