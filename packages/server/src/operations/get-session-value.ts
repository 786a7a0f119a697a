import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { findSessionValue } from "#storage/session-values.ts";

export async function getSessionValue(
  { db, now }: Context,
  { session }: CallerOf<"getSessionValue">,
  { key }: InputOf<"getSessionValue">,
): Promise<Answer<"getSessionValue">> {
  const found = await findSessionValue(db, { sessionId: session.id, key, now });
  return found ? done({ value: found.value }) : refuse("valueNotFound");
}
