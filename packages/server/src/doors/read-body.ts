import type { IncomingMessage } from "node:http";

const noBody = Buffer.alloc(0);

/** The whole body, or that it is larger than its door takes, or that its client has gone. */
export async function readBody(request: IncomingMessage, bytesAtMost: number): Promise<Buffer | "tooLarge" | "gone"> {
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
