import type { Context } from "#context.ts";
import { sha256 } from "#crypto/tokens.ts";
import type { Decision } from "#domain/decision.ts";
import { findInvitation as find } from "#storage/invitations.ts";
import { findOperator, isAnyOwner } from "#storage/operators.ts";
import type { Invitation, Operator } from "#storage/tables-operators.ts";
import { countLinkPage } from "./count-link-page.ts";

export interface FoundInvitation {
  readonly invitation: Invitation;
  /** Whose password it resets. */
  readonly operator?: Operator | undefined;
}

/** A link that somebody follows, counted for the address it is followed from. */
export async function findInvitation(
  context: Context,
  { address }: { readonly address: string },
  secret: string,
): Promise<Decision<FoundInvitation, "tooManyRequests" | "linkInvalid">> {
  const { db, now } = context;
  const retryAfter = countLinkPage(context, address);
  if (retryAfter > 0) return { refused: "tooManyRequests", retryAfter };
  const invitation = await find(db, { secretHash: sha256(secret), now });
  if (!invitation) return { refused: "linkInvalid" };
  if (invitation.kind === "setUp" && (await isAnyOwner(db))) return { refused: "linkInvalid" };
  if (invitation.operatorId === null) return { invitation };
  const operator = await findOperator(db, invitation.operatorId);
  return operator?.disabledAt === null ? { invitation, operator } : { refused: "linkInvalid" };
}
