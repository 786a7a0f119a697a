import { isWithinBounds } from "@latchkey/protocol";

/** Of the largest body (US-HTTP-9). */
export const bodyBytesAtMost = 65_536;

/** A JSON object, whatever its content type; an empty body counts as one (US-HTTP-4). `undefined`: it is none. */
export function parseBody(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
    return isRecord(value) && isWithinBounds(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
