import type { Config } from "#config.ts";
import { describeFailure } from "./describe-failure.ts";
import { smtpDelivery } from "./smtp.ts";

/** Why mails could not be handed over to the SMTP server; `undefined`: they could. Nothing is sent. */
export async function tryDelivery(config: Config): Promise<string | undefined> {
  try {
    using delivery = smtpDelivery(config);
    await delivery.verify();
    return undefined;
  } catch (error) {
    const { code, responseCode, error: text } = describeFailure(error);
    return [code, responseCode, text]
      .filter((part) => part !== undefined)
      .map(String)
      .join(" ");
  }
}
