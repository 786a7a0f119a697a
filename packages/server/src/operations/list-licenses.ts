import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { licenseOutput } from "#domain/license-output.ts";
import { findApplication } from "#storage/applications.ts";
import { listLicenses as list } from "#storage/licenses.ts";

export async function listLicenses(
  { db, now }: Context,
  _: CallerOf<"listLicenses">,
  { applicationId }: InputOf<"listLicenses">,
): Promise<Answer<"listLicenses">> {
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("applicationNotFound");
  return done({ licenses: (await list(db, application.id)).map((license) => licenseOutput(license, now)) });
}
