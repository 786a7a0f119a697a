import type { ApplicationSettings } from "@latchkey/protocol";

interface Failures {
  readonly count: number;
  readonly lastFailedAt: number;
}

/** Until when failed sign-ins lock an identity, and 0 where they do not (US-LOCK-1). */
export function lockedUntil(
  settings: Pick<ApplicationSettings, "failedLoginsLock" | "failedLoginsUnlockSeconds">,
  failures: Failures | undefined,
): number {
  const { failedLoginsLock, failedLoginsUnlockSeconds } = settings;
  if (!failures || failedLoginsLock === 0 || failures.count < failedLoginsLock) return 0;
  return failures.lastFailedAt + failedLoginsUnlockSeconds * 1000;
}
