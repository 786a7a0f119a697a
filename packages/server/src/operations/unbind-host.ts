import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import { untilForgotten } from "#cluster/remembered-applications.ts";
import type { Context } from "#context.ts";
import { hostName } from "#domain/host-name.ts";
import { unbindHost as unbind } from "#storage/hosts.ts";
import type { Decision } from "#domain/decision.ts";
import { transact } from "#storage/transaction.ts";
import { recordAudit } from "#steps/record-audit.ts";

export async function unbindHost(
  context: Context,
  _: CallerOf<"unbindHost">,
  { applicationId, host: given }: InputOf<"unbindHost">,
): Promise<Answer<"unbindHost">> {
  const host = hostName(given);
  if (host === undefined) return refuse("hostNotFound");
  const unbound = await transact<Decision<object, "hostNotFound">>(context.db, async (tx) => {
    if (!(await unbind(tx, applicationId, host))) return { refused: "hostNotFound" };
    await recordAudit(tx, context, { record: "host", id: host, applicationId, before: { host } });
    return {};
  });
  if (unbound.refused) return refuse(unbound.refused);
  await untilForgotten();
  return done({ host });
}
