import { type Answer, done } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";

/** Tells a client which application its key belongs to. */
export async function describeApplication(
  _: Context,
  { applicationId }: CallerOf<"describeApplication">,
): Promise<Answer<"describeApplication">> {
  return done({ applicationId });
}
