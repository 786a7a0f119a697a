import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { licenseOutput } from "#domain/license-output.ts";
import { findApplication } from "#storage/applications.ts";
import { listLicenses as list } from "#storage/licenses.ts";
import { cutPage, pageFrom } from "#steps/pages.ts";

export async function listLicenses(
  { db, now }: Context,
  _: CallerOf<"listLicenses">,
  { applicationId, limit, cursor, ...filter }: InputOf<"listLicenses">,
): Promise<Answer<"listLicenses">> {
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  const page = pageFrom({ limit, cursor });
  const { records, ...next } = cutPage(await list(db, application.id, filter, page, now), page);
  return done({ licenses: records.map((license) => licenseOutput(license, now)), ...next });
}
