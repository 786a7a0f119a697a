import type { IncomingHttpHeaders } from "node:http";
import { cutTo, isStorable } from "@latchkey/protocol";

const charactersAtMost = 500;

/** Why an operator does something, in percent-encoded UTF-8 (MG-HTTP-6); what cannot be read is left out. */
export function readReason({ "latchkey-reason": given }: IncomingHttpHeaders): string | undefined {
  if (typeof given !== "string" || given === "") return undefined;
  try {
    const reason = decodeURIComponent(given);
    return isStorable(reason) ? cutTo(reason, charactersAtMost) : undefined;
  } catch {
    return undefined;
  }
}
