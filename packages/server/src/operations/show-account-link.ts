import type { Answer, InputOf } from "@latchkey/protocol";
import { done } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { refusalOf } from "#domain/decision.ts";
import { findLink } from "#steps/find-link.ts";

/** Programs that scan mail follow links, so looking changes nothing (US-CONF-2). */
export async function showAccountLink(
  context: Context,
  caller: CallerOf<"showAccountLink">,
  { kind, ...link }: InputOf<"showAccountLink">,
): Promise<Answer<"showAccountLink">> {
  const found = await findLink(context, caller, kind, link);
  return found.refused ? refusalOf(found) : done(found.about);
}
