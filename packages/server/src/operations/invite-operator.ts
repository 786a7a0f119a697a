import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { invitationOutput } from "#domain/operator-output.ts";
import { emailFrom } from "#domain/operator-terms.ts";
import { findOperatorByEmail } from "#storage/operators.ts";
import { amongOperators, mayGiveRole } from "#steps/among-operators.ts";
import { makeInvitation } from "#steps/make-invitation.ts";
import { recordAudit } from "#steps/record-audit.ts";

export async function inviteOperator(
  context: Context,
  caller: CallerOf<"inviteOperator">,
  { email: given, role }: InputOf<"inviteOperator">,
): Promise<Answer<"inviteOperator">> {
  const address = emailFrom(given);
  if (!address) return refuse("emailInvalid");
  if (!mayGiveRole(caller, role)) return refuse("grantTooWide");
  const { email, emailKey } = address;
  const made = await amongOperators(context, caller, async (tx) => {
    if (await findOperatorByEmail(tx, emailKey)) return { refused: "emailTaken" } as const;
    const { invitation, secret } = await makeInvitation(context, tx, caller, {
      kind: "invitation",
      whom: emailKey,
      email,
      role,
    });
    const shown = invitationOutput(invitation);
    await recordAudit(tx, context, { record: "invitation", id: shown.id, after: shown });
    return { output: { invitation: shown, secret } };
  });
  return made.refused ? refuse(made.refused) : done(made.output);
}
