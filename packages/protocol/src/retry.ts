import { clientCloseCodes } from "./live/client-close-codes.ts";
import { Status } from "./live/statuses.ts";

/** What a client may do about a connection that was closed, and a server about its session. */
export type Aftermath = "resume" | "startOver" | "stop";

const resumable: ReadonlySet<number> = new Set([
  1001,
  1005,
  1006,
  1011,
  1012,
  1013,
  clientCloseCodes.InternalServerError,
]);
const startOver: ReadonlySet<number> = new Set([
  clientCloseCodes.ResumeFailed,
  clientCloseCodes.ResumeIdUnknown,
  clientCloseCodes.RateLimited,
]);

/**
 * The whole policy after a close (LP-CLOSE-1). A code that this version does not know means `stop`: an old client must
 * be able to meet a new server without hammering it.
 */
export function afterClose(code: number): Aftermath {
  if (resumable.has(code)) return "resume";
  return startOver.has(code) ? "startOver" : "stop";
}

const passing: ReadonlySet<number> = new Set([
  Status.TooManyRequests,
  Status.InternalServerError,
  Status.RateLimited,
  Status.AppSessionsQuotaExceeded,
  Status.LicenseNoFreeSeat,
]);

/** Whether the same request may come to something else later. A status that this version does not know means `never`. */
export function afterStatus(status: number): "later" | "never" {
  return passing.has(status) ? "later" : "never";
}
