import type { OutputOf } from "@latchkey/protocol";
import type { Check } from "./check.ts";

const name = "schemas";

/** Whoever has a client key, which is public, can give accounts properties that nobody has thought of (US-DATA-14). */
export function checkSchemas(applications: OutputOf<"listApplications">["applications"]): Check {
  const open = applications.filter(({ settings }) => settings.dynamicSchema);
  if (open.length === 0) return { name, result: "ok", message: "client keys create no columns" };
  const names = open.map((application) => application.name).join(", ");
  return { name, result: "warning", message: `client keys can create columns in ${names} (dynamicSchema)` };
}
