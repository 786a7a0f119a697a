import type { OutputOf } from "@latchkey/protocol";
import type { SessionNames } from "#storage/session-names.ts";
import type { Session } from "#storage/tables.ts";

/** A session as the operator sees it; never with anything of its resume id or token. */
export function sessionOutput(session: Session, names: SessionNames): OutputOf<"findSessions">["sessions"][number] {
  const { id, door, clientId, address, nodeId, accountId, licenseId, createdAt, lastSeenAt, expiresAt } = session;
  const accountName = accountId === null ? undefined : names.accounts.get(accountId);
  const licenseKey = licenseId === null ? undefined : names.licenses.get(licenseId);
  return {
    id,
    door,
    ...(clientId !== null && { clientId }),
    address,
    connected: nodeId !== null,
    ...(accountId !== null && { accountId }),
    ...(accountName !== undefined && accountName !== "" && { accountName }),
    ...(licenseId !== null && { licenseId }),
    ...(licenseKey !== undefined && { licenseKey }),
    createdAt,
    lastSeenAt,
    ...(expiresAt !== null && { expiresAt }),
  };
}
