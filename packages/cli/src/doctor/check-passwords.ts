import type { OutputOf } from "@latchkey/protocol";
import { type Check, ok, warning } from "./check.ts";

const name = "passwords";
const recommended = 8;

/** The default is what the compatible protocols allow; it is less than what is safe. */
export function checkPasswords(applications: OutputOf<"listApplications">["applications"]): Check {
  const short = applications.filter(({ settings }) => settings.passwordMinLength < recommended);
  if (short.length === 0) return ok(name, `${recommended} characters or more everywhere`);
  const names = short.map((application) => application.name).join(", ");
  return warning(name, {
    message: `fewer than ${recommended} characters are enough in ${names} (passwordMinLength)`,
    why: "short passwords are guessed",
    remedy: `latchkey app update ID --set passwordMinLength=${recommended}`,
  });
}
