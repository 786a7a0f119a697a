import type { Answer } from "@latchkey/protocol";
import { done, operatorSessionBounds } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { sessionEnd } from "#domain/operator-terms.ts";
import { listOperatorSessions } from "#storage/operator-sessions.ts";

export async function listOwnSessions(
  { db, now }: Context,
  { operator }: CallerOf<"listOwnSessions">,
): Promise<Answer<"listOwnSessions">> {
  const sessions = await listOperatorSessions(db, operator.id, operatorSessionBounds(now));
  return done({
    sessions: sessions.map((session) => {
      const { id, address, userAgent, createdAt, lastSeenAt } = session;
      const expiresAt = sessionEnd(session);
      return { id, address, userAgent, createdAt, lastSeenAt, expiresAt, isCurrent: id === operator.sessionId };
    }),
  });
}
