import { settingsOf } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Application } from "#storage/tables.ts";

/** Whether a call may look at every account of its application, and not at its own only. */
export function seesOthers(application: Application, { keyKind }: CallerOf<"getAccount">): boolean {
  return keyKind === "BL" || settingsOf(application).userAccess === "open";
}
