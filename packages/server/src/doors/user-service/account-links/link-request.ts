import type { IncomingMessage } from "node:http";

/** Browsers list what they accept, and JSON is not on their list. */
export function wantsJson({ headers: { accept = "" } }: IncomingMessage): boolean {
  return /\bapplication\/json\b/i.test(accept);
}

/** The languages that a reader prefers, in the order in which the browser lists them. */
export function languagesOf({ headers: { "accept-language": languages = "" } }: IncomingMessage): string[] {
  return languages.split(",").map((item) => item.split(";", 1)[0]?.trim() ?? "");
}

/** The new password in the body of a form or in JSON. `undefined`: there is none. */
export function passwordIn({ headers }: IncomingMessage, body: Buffer): unknown {
  const text = body.toString("utf8");
  if (/\bx-www-form-urlencoded\b/i.test(headers["content-type"] ?? "")) {
    return new URLSearchParams(text).get("password") ?? undefined;
  }
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "password" in value ? value.password : undefined;
  } catch {
    return undefined;
  }
}
