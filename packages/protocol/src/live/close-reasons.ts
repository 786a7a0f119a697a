import type { OperationName } from "../operations.ts";
import type { Refusal } from "../refusals.ts";
import { CloseCode } from "./close-codes.ts";

/** The reason text that travels with each code. */
export const closeReason = {
  [CloseCode.Normal]: "",
  [CloseCode.InvalidUtf8]: "invalid UTF-8",
  [CloseCode.FrameTooLarge]: "frame too large",
  [CloseCode.ServerRestarting]: "server restarting",
  [CloseCode.InternalServerError]: "internal server error",
  [CloseCode.DisconnectedFromPanel]: "disconnected from panel",
  [CloseCode.AppPaused]: "application paused",
  [CloseCode.AppDeleted]: "application deleted",
  [CloseCode.NotInitialized]: "connection is not initialized",
  [CloseCode.RateLimited]: "rate limit hit",
  [CloseCode.InitializeTimeout]: "session wasn't initialized in 15 seconds after connection",
  [CloseCode.Blacklisted]: "session was blacklisted",
  [CloseCode.ClientIdBlacklisted]: "external ID is blacklisted",
  [CloseCode.InitializeFailed]: "failed to initialize session",
  [CloseCode.InvalidEnvelope]: "packet does not contain mandatory 'type' and/or 'id' fields",
  [CloseCode.UnknownType]: "invalid handler type specified",
  [CloseCode.InvalidBody]: "invalid request body",
  [CloseCode.UnsupportedData]: "received unsupported data",
  [CloseCode.ResumeFailed]: "failed to resume session",
  [CloseCode.ResumeIdUnknown]: "resume ID was not found or it is expired",
  [CloseCode.ResumedElsewhere]: "session resumed elsewhere",
  [CloseCode.SlowReader]: "client reads too slowly",
} as const satisfies Record<CloseCode, string>;

/** The reason text of `CloseCode.RateLimited` while the client's address is blocked (LP-RATE-2). */
export function rateLimitedReason(secondsLeft: number): string {
  return `rate limited, ${secondsLeft} seconds left`;
}

/** Refusals after whose answer the door closes the connection (LP-INIT-1). */
export const closeAfter: Partial<Record<Refusal, CloseCode>> = { clientIdBlacklisted: CloseCode.ClientIdBlacklisted };

/** Operations after whose success the door closes the connection (LP-BLK-1). */
export const closeAfterDone: Partial<Record<OperationName, CloseCode>> = { blacklist: CloseCode.Blacklisted };

/** Refusals that are no answer: the door closes the connection instead (LP-RES-4). */
export const closeInsteadOf = {
  resumeIdUnknown: CloseCode.ResumeIdUnknown,
  resumeFailed: CloseCode.ResumeFailed,
} as const satisfies Partial<Record<Refusal, CloseCode>>;

/** How many unknown keys in a row one connection may try; the last is answered, then it closes (LP-INIT-2). */
export const unknownKeysAllowed = 4;
