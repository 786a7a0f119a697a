import type { SendMailOptions } from "nodemailer";
import type { Letter } from "./letter.ts";

/** A way for mails to leave. */
export interface Delivery extends Disposable {
  /** Resolves when somebody else has the mail for good. */
  deliver(letter: Letter, signal: AbortSignal): Promise<void>;
}

/** A mail as nodemailer takes it. Addresses are not parsed: each is exactly one. */
export function envelopeOf(letter: Letter, from: string): SendMailOptions {
  const { id, at, to, applicationName, subject, text, html } = letter;
  return {
    from: { name: applicationName, address: from },
    to: { name: "", address: to },
    subject,
    text,
    html,
    date: new Date(at),
    messageId: `<${id}@${from.slice(from.lastIndexOf("@") + 1)}>`,
    // Nobody is to be told by a machine that somebody is on holiday.
    headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
