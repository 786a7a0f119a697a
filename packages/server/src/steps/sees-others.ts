import { settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import { findApplication } from "#storage/applications.ts";
import type { Db } from "#storage/tables.ts";

/** Whether a call may look at every account of the application, and not at its own only. */
export async function seesOthers(db: Db, { applicationId, keyKind }: CallerOf<"getAccount">): Promise<boolean> {
  if (keyKind === "BL") return true;
  const application = await findApplication(db, { id: applicationId });
  return application !== undefined && settingsOf(application).userAccess === "open";
}
