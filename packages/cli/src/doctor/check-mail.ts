import { join } from "node:path";
import { type Config, tryDelivery } from "@latchkey/server";
import { type Check, failure, ok, warning } from "./check.ts";

const name = "mail";

/** Signs in to the SMTP server and sends nothing. */
export async function checkMail(config: Config): Promise<Check> {
  const { smtpHost, smtpPort, mailFrom, dataDirectory } = config;
  if (smtpHost === "")
    return warning(name, {
      message: `no SMTP server is set: mails become files in ${join(dataDirectory, "outbox")}`,
      why: "nobody gets the links that confirm an address or set a new password",
      remedy: "set smtpHost and mailFrom",
    });
  const problem = await tryDelivery(config);
  if (problem === undefined)
    return ok(name, `from ${mailFrom} through ${smtpHost}:${smtpPort}, which lets this server in`);
  return failure(name, {
    message: `${smtpHost}:${smtpPort} cannot be used: ${problem}`,
    why: "mails are tried for a day and then given up",
    remedy: "look at smtpHost, smtpPort, smtpUser, smtpPassword and smtpCertificate, and whether a firewall is between",
  });
}
