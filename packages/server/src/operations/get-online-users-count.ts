import type { Answer } from "@latchkey/protocol";
import { done } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { countAuthorized } from "#storage/seats.ts";
import { holding } from "#steps/holding.ts";

export async function getOnlineUsersCount(
  context: Context,
  { applicationId }: CallerOf<"getOnlineUsersCount">,
): Promise<Answer<"getOnlineUsersCount">> {
  return done({ onlineUsersCount: await countAuthorized(context.db, applicationId, holding(context)) });
}
