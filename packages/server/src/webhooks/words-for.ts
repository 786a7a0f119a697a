import { ForbiddenTargetError } from "./post.ts";

const sentences = new Map([
  ["ENOTFOUND", "the host name leads nowhere"],
  ["EAI_AGAIN", "the host name could not be resolved"],
  ["ECONNREFUSED", "the connection was refused"],
  ["ECONNRESET", "the connection ended without an answer"],
  ["EPIPE", "the connection ended without an answer"],
  ["ETIMEDOUT", "no connection came about"],
  ["EHOSTUNREACH", "no way leads there"],
  ["ENETUNREACH", "no way leads there"],
  ["EPROTO", "TLS could not be agreed on"],
  ["HPE_HEADER_OVERFLOW", "the answer has too many headers"],
]);

/** Why an attempt failed that got no answer, for the operator to read. */
export function wordsFor(error: unknown): string {
  if (error instanceof ForbiddenTargetError) return error.message;
  const code = codeOf(error);
  if (code === undefined) return "it could not be sent";
  if (code.startsWith("HPE_")) return sentences.get(code) ?? "the answer is not HTTP";
  return `${sentences.get(code) ?? "it could not be sent"} (${code})`;
}

/** What the answer's status says, if that is not yes. */
export function wordsForStatus(status: number): string | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status >= 300 && status < 400) return `the answer was ${status}: redirects are not followed`;
  return `the answer was ${status}`;
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return undefined;
  return error.code;
}
