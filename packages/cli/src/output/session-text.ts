import type { OutputOf } from "@latchkey/protocol";
import { table } from "./layout.ts";
import { readableInstant } from "./spans.ts";

type Session = OutputOf<"findSessions">["sessions"][number];

export function sessionTable(sessions: readonly Session[]): string {
  return table(
    ["DOOR", "CONNECTED", "CLIENT", "ADDRESS", "ACCOUNT", "LICENSE", "CREATED", "ID"],
    sessions.map(({ door, connected, clientId, address, accountId, licenseId, createdAt, id }) => [
      door,
      connected ? "yes" : "no",
      clientId ?? "-",
      address,
      accountId ?? "-",
      licenseId ?? "-",
      readableInstant(createdAt),
      id,
    ]),
  );
}
