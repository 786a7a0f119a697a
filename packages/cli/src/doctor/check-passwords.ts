import type { OutputOf } from "@latchkey/protocol";
import type { Check } from "./check.ts";

const name = "passwords";
const recommended = 8;

/** The default is what the compatible protocols allow; it is less than what is safe. */
export function checkPasswords(applications: OutputOf<"listApplications">["applications"]): Check {
  const short = applications.filter(({ settings }) => settings.passwordMinLength < recommended);
  if (short.length === 0) return { name, result: "ok", message: `${recommended} characters or more everywhere` };
  const names = short.map((application) => application.name).join(", ");
  const message = `fewer than ${recommended} characters are enough in ${names} (passwordMinLength)`;
  return { name, result: "warning", message };
}
