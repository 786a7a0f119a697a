import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { invitationOutput } from "#domain/operator-output.ts";
import { removeInvitation } from "#storage/invitations.ts";
import { amongOperators } from "#steps/among-operators.ts";
import { recordAudit } from "#steps/record-audit.ts";

export async function revokeInvitation(
  context: Context,
  caller: CallerOf<"revokeInvitation">,
  { invitationId }: InputOf<"revokeInvitation">,
): Promise<Answer<"revokeInvitation">> {
  const revoked = await amongOperators(context, caller, async (tx) => {
    const removed = await removeInvitation(tx, invitationId);
    if (!removed) return { refused: "invitationNotFound" } as const;
    await recordAudit(tx, context, { record: "invitation", id: removed.id, before: invitationOutput(removed) });
    return {};
  });
  return revoked.refused ? refuse(revoked.refused) : done({});
}
