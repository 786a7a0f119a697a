import type { Answer, InputOf } from "@latchkey/protocol";
import { done } from "@latchkey/protocol";
import type { CallerOf } from "#caller.ts";
import type { Context } from "#context.ts";
import { refusalOf } from "#domain/decision.ts";
import { secondFactorOf } from "#domain/operator-output.ts";
import { operatorPassword } from "#domain/operator-terms.ts";
import { findInvitation } from "#steps/find-invitation.ts";

export async function showInvitation(
  context: Context,
  caller: CallerOf<"showInvitation">,
  { secret }: InputOf<"showInvitation">,
): Promise<Answer<"showInvitation">> {
  const found = await findInvitation(context, caller, secret);
  if (found.refused) return refusalOf(found);
  const { kind, role, expiresAt } = found.invitation;
  const email = found.operator?.email ?? found.invitation.email;
  return done({
    kind,
    ...(email !== null && { email }),
    ...(found.operator && { name: found.operator.name }),
    role: found.operator?.role ?? role,
    secondFactor: secondFactorOf(found.operator),
    expiresAt,
    passwordMinLength: operatorPassword.min,
  });
}
