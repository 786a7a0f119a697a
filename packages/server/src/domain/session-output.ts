import type { OutputOf } from "@latchkey/protocol";
import type { Session } from "#storage/tables.ts";

/** A session as the operator sees it; never with anything of its resume id or token. */
export function sessionOutput(session: Session): OutputOf<"findSessions">["sessions"][number] {
  const { id, door, clientId, address, nodeId, accountId, licenseId, createdAt, lastSeenAt, expiresAt } = session;
  return {
    id,
    door,
    ...(clientId !== null && { clientId }),
    address,
    connected: nodeId !== null,
    ...(accountId !== null && { accountId }),
    ...(licenseId !== null && { licenseId }),
    createdAt,
    lastSeenAt,
    ...(expiresAt !== null && { expiresAt }),
  };
}
