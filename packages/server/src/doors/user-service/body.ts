import type { IncomingMessage } from "node:http";
import { isWithinBounds } from "@latchkey/protocol";

const noBody = Buffer.alloc(0);
const bytesAtMost = 65_536;

/** The whole body, or that it is larger than this door takes (US-HTTP-9), or that its client has gone. */
export async function readBody(request: IncomingMessage): Promise<Buffer | "tooLarge" | "gone"> {
  const { "content-length": length, "transfer-encoding": encoding } = request.headers;
  if (length === undefined && encoding === undefined) return noBody;
  if (Number(length ?? 0) > bytesAtMost) return "tooLarge";
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request) {
      if (!Buffer.isBuffer(chunk)) continue;
      bytes += chunk.length;
      if (bytes > bytesAtMost) return "tooLarge";
      chunks.push(chunk);
    }
  } catch {
    // The client went away in the middle: nothing is done, and nobody reads the answer.
    return "gone";
  }
  return Buffer.concat(chunks);
}

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
