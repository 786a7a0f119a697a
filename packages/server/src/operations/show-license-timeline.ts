import { type Answer, done, type InputOf, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { findApplication } from "#storage/applications.ts";
import { findNamedLicense } from "#steps/change-license.ts";
import { readTimeline } from "#steps/read-timeline.ts";

/** What has happened to a license, by its key while it is there, or by its id also afterwards. */
export async function showLicenseTimeline(
  { db }: Context,
  _: CallerOf<"showLicenseTimeline">,
  { applicationId, license, ...page }: InputOf<"showLicenseTimeline">,
): Promise<Answer<"showLicenseTimeline">> {
  const application = await findApplication(db, { id: applicationId });
  if (!application) return refuse("licenseNotFound");
  const found = await findNamedLicense(db, { license, applicationId });
  const subject = { applicationId: application.id, record: "license", id: found?.id ?? license } as const;
  const timeline = await readTimeline(db, subject, page, found !== undefined);
  return timeline ? done(timeline) : refuse("licenseNotFound");
}
