import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { licenseOutput } from "#domain/license-output.ts";
import { findApplication } from "#storage/applications.ts";
import { licenseListing, type LicenseSort } from "#storage/license-list.ts";
import type { License } from "#storage/tables.ts";
import { readList } from "#steps/read-list.ts";
import { settleLicenseSearch } from "#steps/settle-search.ts";

export async function listLicenses(
  { db, now }: Context,
  _: CallerOf<"listLicenses">,
  { applicationId, limit, cursor, sort, order, count, ...asked }: InputOf<"listLicenses">,
): Promise<Answer<"listLicenses">> {
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  const filter = await settleLicenseSearch(db, application.id, asked);
  const found = await readList<License, LicenseSort>(db, { limit, cursor, sort, order, count }, "created", (by) =>
    licenseListing(application.id, filter, now, by),
  );
  if (found.refused) return refuse(found.refused);
  return done({ licenses: found.rows.map((license) => licenseOutput(license, now)), ...found.next });
}
