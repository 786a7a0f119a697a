import type { Answer } from "@latchkey/protocol";
import { done, refuse, settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { accountAuthorizationOutput } from "#domain/account-output.ts";
import { isValid } from "#domain/license-terms.ts";
import { findAccount } from "#storage/accounts.ts";
import { findApplication } from "#storage/applications.ts";
import { licensesOfAccount } from "#storage/licenses.ts";

/** The account that the session is authorized by, with what its licenses are worth now. */
export async function getCurrentAccount(
  { db, now }: Context,
  { applicationId, authorization: { accountId }, address }: CallerOf<"getCurrentAccount">,
): Promise<Answer<"getCurrentAccount">> {
  const application = await findApplication(db, { id: applicationId });
  const account = await findAccount(db, { id: accountId });
  if (!application || !account) return refuse("notAuthorized");
  const licenses = await licensesOfAccount(db, { accountId });
  const { licenseRequired } = settingsOf(application);
  if (licenseRequired && !licenses.some((license) => isValid(license, now))) return refuse("noValidLicense");
  return done(accountAuthorizationOutput(application, account, licenses, address, now));
}
