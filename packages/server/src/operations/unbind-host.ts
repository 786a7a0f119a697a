import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import { untilForgotten } from "#cluster/remembered-applications.ts";
import type { Context } from "#context.ts";
import { hostName } from "#domain/host-name.ts";
import { unbindHost as unbind } from "#storage/hosts.ts";

export async function unbindHost(
  { db }: Context,
  _: CallerOf<"unbindHost">,
  { applicationId, host: given }: InputOf<"unbindHost">,
): Promise<Answer<"unbindHost">> {
  const host = hostName(given);
  const isUnbound = host !== undefined && (await unbind(db, applicationId, host));
  if (!isUnbound) return refuse("hostNotFound");
  await untilForgotten();
  return done({ host });
}
