import { type ManagementRefusal, problemOf, type RoutedName } from "@latchkey/protocol";
import type { Judgment } from "@latchkey/server";
import { type Failure, failed, wrongUsage } from "./failure.ts";

/** What only those need to know who type. */
const advice: Partial<Record<ManagementRefusal, string>> = {
  licenseNotFound: "; a license's key needs --app with the id of its application",
  apiKeyNotFound: " with app renew-key",
};

/** How a command ends whose operation did not do what it was asked. */
export function refused(outcome: Judgment<RoutedName> & { readonly ok: false }): Failure {
  if ("refusal" in outcome) {
    const { refusal } = outcome;
    return failed(`${problemOf[refusal].title}${advice[refusal] ?? ""}`);
  }
  return wrongUsage("a value is too long, or has characters that cannot be stored");
}
