import type { Answer, InputOf } from "@latchkey/protocol";
import { done, refuse } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { invitationMs } from "#domain/operator-terms.ts";
import { updateOperator } from "#storage/operators.ts";
import { replaceRecoveryCodes } from "#storage/recovery-codes.ts";
import { changeOperator } from "#steps/change-operator.ts";
import { makeInvitation } from "#steps/make-invitation.ts";

/** Who knew the password is out; who gets the link sets another one, and still needs the second factor unless it goes too. */
export async function resetOperatorPassword(
  context: Context,
  caller: CallerOf<"resetOperatorPassword">,
  { operatorId, secondFactor = "keep" }: InputOf<"resetOperatorPassword">,
): Promise<Answer<"resetOperatorPassword">> {
  let secret = "";
  const changed = await changeOperator(context, caller, operatorId, {
    endsSessions: true,
    write: async (tx, { id, role }) => {
      const isRemoved = secondFactor === "remove";
      if (isRemoved) await replaceRecoveryCodes(tx, id, []);
      ({ secret } = await makeInvitation(context, tx, caller, {
        kind: "passwordReset",
        whom: id,
        role,
        operatorId: id,
      }));
      const factors = isRemoved ? { sealedFactor: null, pendingFactor: null } : {};
      return updateOperator(tx, id, { passwordHash: null, ...factors });
    },
  });
  if (changed.refused) return refuse(changed.refused);
  return done({ secret, expiresAt: context.now + invitationMs.passwordReset });
}
