import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import type { Decision } from "#domain/decision.ts";
import { setSubscribed } from "#storage/sessions.ts";
import { once } from "#steps/once.ts";

/** Starts or stops sending server events to the session. */
export async function setPanelEventsSubscription(
  context: Context,
  caller: CallerOf<"setPanelEventsSubscription">,
  { subscribed }: InputOf<"setPanelEventsSubscription">,
): Promise<Answer<"setPanelEventsSubscription">> {
  const { now, roster } = context;
  const { session } = caller;
  const set = await once<Decision<object, never>>(context, caller, async (tx) => {
    await setSubscribed(tx, session.id, subscribed ? now : null);
    return {};
  });
  if (set.refused) return refuse(set.refused);
  roster.subscribe(session, subscribed);
  return done({});
}
