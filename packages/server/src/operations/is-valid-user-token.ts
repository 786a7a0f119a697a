import type { Answer, InputOf } from "@latchkey/protocol";
import { done } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { findLiveUserSession } from "#steps/find-live-user-session.ts";

/** Looks without touching: a page that polls can still time out (US-EP-2). */
export async function isValidUserToken(
  context: Context,
  { applicationId }: CallerOf<"isValidUserToken">,
  { token }: InputOf<"isValidUserToken">,
): Promise<Answer<"isValidUserToken">> {
  const { state } = await findLiveUserSession(context, applicationId, token);
  return done({ valid: state === "live" });
}
