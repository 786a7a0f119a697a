import type { OutputOf } from "@latchkey/protocol";
import type { Invitation, Operator } from "#storage/tables-operators.ts";

type Shown = OutputOf<"addOperator">["operator"];

export function operatorOutput({ id, email, name, role, ...operator }: Operator): Shown {
  const { sealedFactor, createdAt, lastSignInAt, disabledAt } = operator;
  return {
    id,
    email,
    name,
    role,
    secondFactor: secondFactorOf({ sealedFactor }),
    createdAt,
    ...(lastSignInAt !== null && { lastSignInAt }),
    ...(disabledAt !== null && { disabledAt }),
  };
}

export function secondFactorOf(operator: Pick<Operator, "sealedFactor"> | undefined): "on" | "off" {
  return operator && operator.sealedFactor !== null ? "on" : "off";
}

export function invitationOutput(invitation: Invitation): OutputOf<"inviteOperator">["invitation"] {
  const { id, email, role, invitedBy, createdAt, expiresAt } = invitation;
  return { id, email: email ?? "", role, invitedBy, createdAt, expiresAt };
}
