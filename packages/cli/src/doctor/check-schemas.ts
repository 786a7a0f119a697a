import type { OutputOf } from "@latchkey/protocol";
import { type Check, ok, warning } from "./check.ts";

const name = "schemas";

/** Whoever has a client key, which is public, can give accounts properties that nobody has thought of (US-DATA-14). */
export function checkSchemas(applications: OutputOf<"listApplications">["applications"]): Check {
  const open = applications.filter(({ settings }) => settings.dynamicSchema);
  if (open.length === 0) return ok(name, "client keys create no columns");
  const names = open.map((application) => application.name).join(", ");
  return warning(name, {
    message: `client keys can create columns in ${names} (dynamicSchema)`,
    why: "such a key is in every copy of a program, and who takes it out can fill the schema",
    remedy: "latchkey app update ID --set dynamicSchema=false",
  });
}
