import { join } from "node:path";
import type { Config } from "@latchkey/server";
import type { Check } from "./check.ts";

const name = "mail";

/** Without an SMTP server confirmation and recovery work, as far as somebody passes their mails on. */
export function checkMail({ smtpHost, smtpPort, mailFrom, dataDirectory }: Config): Check {
  if (smtpHost !== "") return { name, result: "ok", message: `from ${mailFrom} through ${smtpHost}:${smtpPort}` };
  const message = `no SMTP server is set: mails become files in ${join(dataDirectory, "outbox")}`;
  return { name, result: "warning", message };
}
