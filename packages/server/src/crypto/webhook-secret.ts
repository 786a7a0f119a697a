import { createHmac, randomBytes } from "node:crypto";

const prefix = "whsec_";

/** A secret as Standard Webhooks write it. */
export function newWebhookSecret(): string {
  return prefix + randomBytes(32).toString("base64");
}

interface Message {
  readonly id: string;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly body: string;
}

/** The header `webhook-signature` of Standard Webhooks: a signature for each secret that is good. */
export function webhookSignatures(secrets: readonly string[], { id, timestamp, body }: Message): string {
  const signed = `${id}.${timestamp}.${body}`;
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), "base64");
    return `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
  });
  return signatures.join(" ");
}
