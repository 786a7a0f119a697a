import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { removeSessionValue } from "#storage/session-values.ts";
import { once } from "#steps/once.ts";

export async function deleteSessionValue(
  context: Context,
  caller: CallerOf<"deleteSessionValue">,
  { key }: InputOf<"deleteSessionValue">,
): Promise<Answer<"deleteSessionValue">> {
  const removed = await once(context, caller, async (tx) =>
    (await removeSessionValue(tx, caller.session.id, key, context.now)) ? {} : { refused: "valueNotFound" as const },
  );
  return removed.refused ? refuse(removed.refused) : done({});
}
