import { CloseCode } from "./live/close-codes.ts";

/** What a client may do about a connection that was closed, and a server about its session. */
export type Aftermath = "resume" | "startOver" | "stop";

const resumable: ReadonlySet<number> = new Set([1001, 1005, 1006, 1011, 1012, 1013, CloseCode.InternalServerError]);
const startOver: ReadonlySet<number> = new Set([
  CloseCode.ResumeFailed,
  CloseCode.ResumeIdUnknown,
  CloseCode.RateLimited,
]);

/**
 * The whole policy after a close (LP-CLOSE-1). A code that this version does not know means `stop`: an old client must
 * be able to meet a new server without hammering it.
 */
export function afterClose(code: number): Aftermath {
  if (resumable.has(code)) return "resume";
  return startOver.has(code) ? "startOver" : "stop";
}
