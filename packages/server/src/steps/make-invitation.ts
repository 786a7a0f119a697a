import type { OperatorRole } from "@latchkey/protocol";
import type { Caller } from "#caller.ts";
import type { Context } from "#context.ts";
import { asId, newLinkSecret, newRowId, sha256 } from "#crypto/tokens.ts";
import { invitationMs } from "#domain/operator-terms.ts";
import { putInvitation } from "#storage/invitations.ts";
import type { Db } from "#storage/tables.ts";
import type { Invitation, InvitationId, OperatorId } from "#storage/tables-operators.ts";

interface Wanted {
  readonly kind: Invitation["kind"];
  /** Whom it is for: of a link for the same one there is none but the latest. */
  readonly whom: string;
  readonly email?: string;
  readonly role: OperatorRole;
  readonly operatorId?: OperatorId;
}

/** Makes a link and gives out its secret, which is kept nowhere. */
export async function makeInvitation(
  { now, actor }: Context,
  tx: Db,
  { operator }: Caller,
  { kind, whom, email, role, operatorId }: Wanted,
): Promise<{ readonly invitation: Invitation; readonly secret: string }> {
  const secret = newLinkSecret();
  const invitation: Invitation = {
    id: newRowId<InvitationId>(),
    purpose: `${kind} ${whom}`,
    kind,
    secretHash: sha256(secret),
    email: email ?? null,
    role,
    operatorId: operatorId ?? null,
    invitedBy: actor.name ?? actor.kind,
    inviterId: operator?.kind === "operator" ? asId<OperatorId>(operator.id) : null,
    createdAt: now,
    expiresAt: now + invitationMs[kind],
  };
  await putInvitation(tx, invitation);
  return { invitation, secret };
}
