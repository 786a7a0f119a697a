import type { Answer, InputOf } from "@latchkey/protocol";
import { done, limits, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import type { Decision } from "#domain/decision.ts";
import { putSessionValue, sizeOfValues } from "#storage/session-values.ts";
import { lockSession } from "#storage/sessions.ts";
import { once } from "#steps/once.ts";

const lastsMs = 72 * 3_600_000;
const longestMs = 3_650 * 86_400_000;

/** Keeps a value for the session, anew if there is one already (LP-VAL-1). */
export async function setSessionValue(
  context: Context,
  caller: CallerOf<"setSessionValue">,
  { key, value, ttl = 0 }: InputOf<"setSessionValue">,
): Promise<Answer<"setSessionValue">> {
  const { entries: entriesAtMost, bytes: bytesAtMost } = limits.sessionValues;
  const { now } = context;
  const { id: sessionId, secretHash } = caller.session;
  const bytes = Buffer.byteLength(value);
  const expiresAt = now + (ttl > 0 ? Math.min(ttl * 1000, longestMs) : lastsMs);
  const put = await once<Decision<object, "tooManyValues" | "valuesTooLarge" | "sessionGone">>(
    context,
    caller,
    async (tx) => {
      // Two writes of one session must not both see the last free place.
      if (!(await lockSession(tx, { id: sessionId, secretHash, now }))) return { refused: "sessionGone" };
      await putSessionValue(tx, { sessionId, key, value, bytes, expiresAt });
      const size = await sizeOfValues(tx, sessionId, now);
      if (size.entries > entriesAtMost) return { refused: "tooManyValues" };
      return size.bytes > bytesAtMost ? { refused: "valuesTooLarge" } : {};
    },
  );
  return put.refused ? refuse(put.refused) : done({});
}
